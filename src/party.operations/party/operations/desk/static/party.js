/* The desk in the browser. Every page works without it but the pickers; it keeps what was typed and asks again for a login. */
(function () {
  "use strict";
  const home = document.body.dataset.portalUrl;

  /* --- what was typed is kept until it was saved ------------------------------------------------------------------ */
  function keepsText(form) {
    const key = "party:" + location.pathname + location.search + "#" + form.id;
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
  async function whoAmI() {
    const answer = await fetch(home + "/@@whoami", { headers: { Accept: "application/json" }, cache: "no-store" });
    return answer.json();
  }

  function askForLogin(login) {
    const dialog = document.createElement("dialog");
    dialog.className = "party-dialog";
    dialog.innerHTML = '<form method="dialog"><h2>Phiên làm việc đã hết</h2>'
      + '<p>Nội dung đã nhập vẫn được giữ nguyên. Hãy đăng nhập lại để tiếp tục lưu.</p>'
      + '<p class="late" role="alert" hidden>Tên đăng nhập hoặc mật khẩu không đúng.</p>'
      + '<label class="form-label">Tên đăng nhập<input class="form-control" name="login" autocomplete="username"></label>'
      + '<label class="form-label">Mật khẩu<input class="form-control" type="password" name="password" autocomplete="current-password"></label>'
      + '<div class="party-actions"><button class="btn btn-primary" value="in">Đăng nhập</button>'
      + '<button class="btn btn-link" type="button">Để sau</button></div></form>';
    document.body.append(dialog);
    const form = dialog.querySelector("form");
    form.elements.login.value = login || "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.querySelector("[type=button]").addEventListener("click", () => { dialog.remove(); resolve(null); });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const body = new URLSearchParams({ __ac_name: form.elements.login.value, __ac_password: form.elements.password.value,
          "buttons.login": "1" });
        await fetch(home + "/login", { method: "POST", body });
        const me = await whoAmI();
        if (me.person) { dialog.remove(); resolve(me); } else form.querySelector("[role=alert]").hidden = false;
      });
    });
  }

  function tell(form, message) {
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
      try { me = await whoAmI(); } catch (error) {
        tell(form, "Không kết nối được với máy chủ. Nội dung đã nhập vẫn còn nguyên, chưa có gì được lưu: hãy thử lại sau ít phút.");
      }
      if (me && !me.person) me = await askForLogin(login);
      if (!me) return;
      const token = form.elements._authenticator;
      if (token) token.value = me.token;
      sure = true;
      forget();
      form.requestSubmit(button);
      setTimeout(() => { sure = false; }, 0);
    });
  }

  /* --- choosing people and units by any part of the name ------------------------------------------------------------ */
  function suggests(input, url, choose) {
    const box = input.closest(".party-suggest");
    const list = document.createElement("ul");
    list.setAttribute("role", "listbox");
    list.hidden = true;
    box.append(list);
    let found = [], at = -1, timer = 0, asked = 0;
    const show = () => {
      list.replaceChildren(...found.map((each, index) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", index === at);
        item.textContent = each.label;
        const small = document.createElement("small");
        small.textContent = each.hint || "";
        item.append(small);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
        return item;
      }));
      list.hidden = !found.length;
    };
    const take = (index) => { const each = found[index]; found = []; at = -1; show(); if (each) choose(each); };
    input.setAttribute("autocomplete", "off");
    input.setAttribute("role", "combobox");
    const ask = () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const mine = ++asked;
        const separator = url.includes("?") ? "&" : "?";
        const answer = await fetch(url + separator + "q=" + encodeURIComponent(input.value), { headers: { Accept: "application/json" } });
        if (mine !== asked || !answer.ok) return;
        found = await answer.json();
        at = found.length ? 0 : -1;
        show();
      }, 150);
    };
    input.addEventListener("input", ask);
    input.addEventListener("focus", () => { if (!input.value) ask(); });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") at = Math.min(at + 1, found.length - 1);
      else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
      else if (event.key === "Enter") { event.preventDefault(); take(at); return; }
      else if (event.key === "Escape") { found = []; show(); return; }
      else return;
      event.preventDefault();
      show();
    });
    input.addEventListener("blur", () => { clearTimeout(timer); asked++; found = []; show(); });
  }

  /* A picker of many: a template for one chosen row, with __ID__, __LABEL__ and __HINT__ to be filled in. */
  function picks(picker) {
    const input = picker.querySelector("input[data-suggest]");
    const chosen = picker.querySelector(".party-picked");
    const template = picker.querySelector("template");
    picker.addEventListener("click", (event) => {
      if (event.target.matches("[data-remove]")) event.target.closest("li").remove();
    });
    // Enter chooses a name here; it never sends the form
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    suggests(input, input.dataset.suggest, (each) => {
      input.value = "";
      if ([...chosen.querySelectorAll("input[type=hidden]")].some((hidden) => hidden.value === each.id)) return;
      const row = template.content.firstElementChild.cloneNode(true);
      row.querySelector("input[type=hidden]").value = each.id;
      row.querySelector(".who").textContent = each.label + (each.hint ? " – " + each.hint : "");
      if (chosen.children.length && row.querySelector("select option[value=support]")) row.querySelector("select").value = "support";
      chosen.append(row);
      const own = picker.closest("form").querySelector("[data-own-choice]");
      if (own) own.checked = true;
    });
  }

  /* A picker of one: the text is the value, the id goes into the hidden input beside it. */
  function completes(input) {
    const hidden = input.form.elements[input.dataset.into];
    suggests(input, input.dataset.complete, (each) => { input.value = each.label; if (hidden) hidden.value = each.id; });
    input.addEventListener("input", () => { if (hidden) hidden.value = ""; });
  }

  /* --- what was shown is read: a POST from the page that was shown -------------------------------------------------- */
  function marksRead() {
    const page = document.querySelector("[data-unread]");
    if (!page || !page.dataset.unread) return;
    const body = new URLSearchParams({ slips: page.dataset.unread, _authenticator: page.dataset.token });
    fetch(home + "/@@mark-read", { method: "POST", body });
  }

  /* --- what is too large is said before it is sent, while the form is still there ------------------------------------- */
  function weighs(input) {
    input.addEventListener("change", () => {
      const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
      input.setCustomValidity(size > Number(input.dataset.limit) ? input.dataset.tooLarge : "");
      input.reportValidity();
    });
  }

  document.querySelectorAll("input[data-limit]").forEach(weighs);
  document.querySelectorAll("form.party-form").forEach((form) => guardsSession(form, keepsText(form)));
  document.querySelectorAll(".party-picker").forEach(picks);
  document.querySelectorAll("input[data-complete]").forEach(completes);
  marksRead();
})();
