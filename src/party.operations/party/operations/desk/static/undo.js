/* What can be taken back is offered for some seconds (hoàn tác), and for longer while the hand or the focus is on it. Where the
   page says already what was done, the button goes into that sentence. */
(function () {
  "use strict";
  party.wire(() => document.querySelectorAll(".party-toast[data-seconds]").forEach((toast) => {
    const seconds = Number(toast.dataset.seconds);
    delete toast.dataset.seconds;
    const place = toast.parentElement.querySelector(".portalMessage:not(.portalMessage-error, .alert-danger)");
    let offer = toast;
    if (place) {
      offer = toast.querySelector("form");
      place.append(offer);
      toast.remove();
    }
    const held = () => (place || offer).matches(":hover, :focus-within");
    const end = () => { if (held()) setTimeout(end, 1000); else offer.remove(); };
    setTimeout(end, 1000 * seconds);
  }));
})();
