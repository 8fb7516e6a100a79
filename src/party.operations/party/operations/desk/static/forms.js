/* Forms: what was typed is kept until it was saved, a login is asked for on the spot, what is too large is said before. */
(function () {
  "use strict";

  /* --- what was typed is kept until it was saved ------------------------------------------------------------------ */
  function keepsText(form) {
    const shown = form.closest("[data-address]");
    const place = new URL(shown ? shown.dataset.address : location.href);
    const key = "party:" + place.pathname + place.search + "#" + form.id;
    const fields = () => [...form.elements].filter((each) => each.name && !each.name.startsWith("_")
      && ["text", "textarea", "select-one", "checkbox"].includes(each.type));
    // nothing of a secret stays in this browser: neither kept by us nor offered by it the next time
    const level = form.querySelector("select[name^='form.widgets.level']");
    const classified = () => document.body.dataset.classified === "true" || Boolean(level && level.value !== "normal");
    const forget = () => sessionStorage.removeItem(key);
    const guard = () => { if (classified()) { forget(); form.autocomplete = "off"; } return classified(); };
    if (guard() && !level) return forget;
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    if (kept && !form.querySelector(".has-error") && !document.querySelector(".alert-danger")) {
      for (const field of fields()) {
        if (!(field.name in kept)) continue;
        if (field.type === "checkbox") field.checked = kept[field.name];
        else if (!field.value) field.value = kept[field.name];
      }
    }
    form.addEventListener("input", () => {
      if (guard()) return;
      const values = {};
      for (const field of fields()) values[field.name] = field.type === "checkbox" ? field.checked : field.value;
      sessionStorage.setItem(key, JSON.stringify(values));
    });
    return forget;
  }

  /* --- a session that expired while a long form was filled in ------------------------------------------------------ */
  function asksForLogin(login) {
    const dialog = party.template("party-login-again");
    document.body.append(dialog);
    const form = dialog.querySelector("form");
    form.elements.login.value = login || "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.querySelector("[type=button]").addEventListener("click", () => { dialog.close(); });
      dialog.addEventListener("close", () => { dialog.remove(); resolve(null); });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const body = new URLSearchParams({ __ac_name: form.elements.login.value, __ac_password: form.elements.password.value,
          "buttons.login": "1" });
        await fetch(party.home + "/login", { method: "POST", body });
        const me = await party.whoAmI();
        if (me.person) { resolve(me); dialog.close(); } else form.querySelector("[role=alert]").hidden = false;
      });
    });
  }

  function tells(form, message) {
    let alert = form.querySelector(".party-told");
    if (!alert) {
      alert = document.createElement("p");
      alert.className = "alert alert-danger party-told";
      alert.setAttribute("role", "alert");
      form.prepend(alert);
    }
    alert.textContent = message;
  }

  function guardsSession(form, forget) {
    const login = document.body.dataset.login;
    let sure = false;
    form.addEventListener("submit", async (event) => {
      if (sure) return;
      event.preventDefault();
      const button = event.submitter;
      let me = null;
      try { me = await party.whoAmI(); } catch (error) { tells(form, party.text("unreachable")); }
      if (me && !me.person) me = await asksForLogin(login);
      if (!me) return;
      const token = form.elements._authenticator;
      if (token) token.value = me.token;
      sure = true;
      forget();
      form.requestSubmit(button);
      setTimeout(() => { sure = false; }, 0);
    });
  }

  /* --- what is too large is said before it is sent, while the form is still there ------------------------------------- */
  function weighs(input) {
    input.addEventListener("change", () => {
      const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
      input.setCustomValidity(size > Number(input.dataset.limit) ? input.dataset.tooLarge : "");
      input.reportValidity();
    });
  }

  party.wire((root) => {
    root.querySelectorAll("input[data-limit]").forEach(weighs);
    root.querySelectorAll("form.party-form").forEach((form) => guardsSession(form, keepsText(form)));
  });
})();
