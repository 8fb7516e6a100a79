/* What was shown is read: a POST from the page that was shown. */
(function () {
  "use strict";
  party.wire(async (root) => {
    const page = root.querySelector("[data-unread]");
    if (!page || !page.dataset.unread) return;
    const body = new URLSearchParams({ slips: page.dataset.unread, _authenticator: page.dataset.token });
    const answer = await fetch(party.home + "/@@mark-read", { method: "POST", body });
    if (!answer.ok) return;
    for (const slip of page.dataset.unread.split(",")) {
      document.querySelectorAll(`[data-slip="${CSS.escape(slip)}"]`).forEach((row) => row.classList.remove("unread"));
    }
    document.dispatchEvent(new Event("party:changed"));
  });
})();
