/* Messages stand over the page, so that nothing jumps. What went well leaves after a while, what went wrong stays. */
(function () {
  "use strict";
  const LASTS = 10000;
  const place = document.getElementById("global_statusmessage");

  function wires(message) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close";
    close.setAttribute("aria-label", party.text("close"));
    close.addEventListener("click", () => message.remove());
    message.append(close);
    if (message.matches(".alert-danger, .alert-warning, .portalMessage-error, .portalMessage-warning, [data-stays], [data-seconds]")) return;
    // who points at it or is in it is not hurried
    let timer = 0;
    const start = () => { timer = setTimeout(() => message.remove(), LASTS); };
    const stop = () => clearTimeout(timer);
    message.addEventListener("pointerenter", stop);
    message.addEventListener("pointerleave", start);
    message.addEventListener("focusin", stop);
    message.addEventListener("focusout", start);
    start();
  }

  function wiresAll() {
    // what a page itself has to say (an offer to undo) stands with the others
    place.append(...document.querySelectorAll("main .party-toast:not(#global_statusmessage .party-toast)"));
    for (const message of place.querySelectorAll(".portalMessage, .alert, .party-toast")) {
      if (!message.querySelector(".btn-close")) wires(message);
    }
  }

  party.toast = (sentence, stays = false) => {
    const message = document.createElement("div");
    message.className = "party-toast";
    if (stays) message.dataset.stays = "";
    const said = document.createElement("p");
    said.textContent = sentence;
    message.append(said);
    place.append(message);
    wiresAll();
    return message;
  };

  wiresAll();
  party.wire(wiresAll);
})();
