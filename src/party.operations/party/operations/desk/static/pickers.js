/* Choosing people, units and documents by any part of the name: comboboxes after the ARIA Authoring Practices. */
(function () {
  "use strict";
  let lists = 0;

  function suggests(input, url, choose) {
    const box = input.closest(".party-suggest");
    const list = document.createElement("ul");
    list.id = "party-suggestions-" + ++lists;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label") || (input.labels[0] || box).textContent.trim());
    list.hidden = true;
    box.append(list);
    let found = [], at = -1, timer = 0, asked = 0;
    const show = () => {
      list.replaceChildren(...found.map((each, index) => {
        const item = document.createElement("li");
        item.id = list.id + "-" + index;
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
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
    };
    const take = (index) => { const each = found[index]; found = []; at = -1; show(); if (each) choose(each); };
    input.setAttribute("autocomplete", "off");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    const ask = () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const mine = ++asked;
        const separator = url().includes("?") ? "&" : "?";
        const answer = await fetch(url() + separator + "q=" + encodeURIComponent(input.value), { headers: { Accept: "application/json" } });
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
      else if (event.key === "Escape") { event.stopPropagation(); found = []; at = -1; show(); }
      else return;
      event.preventDefault();
      show();
    });
    input.addEventListener("blur", () => { clearTimeout(timer); asked++; found = []; at = -1; show(); });
  }

  /* A picker of many: a template for one chosen row, with a hidden input, .who and perhaps a select of the capacity. */
  function picks(picker) {
    const input = picker.querySelector("input[data-suggest]");
    const chosen = picker.querySelector(".party-picked");
    const template = picker.querySelector("template");
    picker.addEventListener("click", (event) => {
      if (event.target.matches("[data-remove]")) { event.target.closest("li").remove(); input.focus(); }
    });
    // Enter chooses a name here; it never sends the form
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    suggests(input, () => input.dataset.suggest, (each) => {
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
    suggests(input, () => input.dataset.complete, (each) => { input.value = each.label; if (hidden) hidden.value = each.id; });
    input.addEventListener("input", () => { if (hidden) hidden.value = ""; });
  }

  party.wire((root) => {
    root.querySelectorAll(".party-picker").forEach(picks);
    root.querySelectorAll("input[data-complete]").forEach(completes);
  });
})();
