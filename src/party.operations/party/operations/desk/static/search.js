/* The search box: a combobox after the ARIA Authoring Practices (list autocomplete, selection by hand). Without this script
   it is a plain form. The page of results keeps its filters open where there is room for them. */
(function () {
  "use strict";
  const PAUSE = 120;
  const input = document.getElementById("party-find");

  function finds(form) {
    const list = document.getElementById("party-find-list");
    const status = form.querySelector("[role=status]");
    let options = [], at = -1, timer = 0, asking = null, asked = "";

    const close = () => {
      clearTimeout(timer);
      if (asking) asking.abort();
      asking = null;
      asked = "";
      options = [];
      move(-1);
      list.replaceChildren();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    const move = (to) => {
      at = to;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", index === at));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };

    const take = (option) => { close(); location.assign(option.url); };

    const show = (found) => {
      options = found;
      list.replaceChildren(...found.map((option, index) => {
        const item = document.createElement("li");
        item.id = "party-find-" + index;
        item.setAttribute("role", "option");
        const label = document.createElement("span");
        label.textContent = option.label;
        item.append(label);
        if (option.hint) {
          const hint = document.createElement("small");
          hint.textContent = option.hint;
          item.append(hint);
        }
        // the box keeps the focus, so that the list does not close before the click arrives
        item.addEventListener("pointerdown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(option));
        return item;
      }));
      move(-1);
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = input.dataset.count.replace("{count}", found.length);
    };

    const ask = async () => {
      const text = input.value.trim();
      if (text === asked) return;
      if (asking) asking.abort();
      asked = text;
      if (!text) { close(); return; }
      const mine = asking = new AbortController();
      try {
        const answer = await fetch(input.dataset.suggestions + "?" + new URLSearchParams({ q: text }),
          { headers: { Accept: "application/json" }, signal: mine.signal, cache: "no-store" });
        // an expired session is told when the form is sent; suggestions are only a help
        if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) return;
        const found = await answer.json();
        if (asking === mine) show(found);
      } catch (error) {
        if (error.name !== "AbortError" && asking === mine) close();
      }
    };

    input.addEventListener("input", (event) => {
      if (event.isComposing) return; // a letter that an input method is still putting together
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" && open) move(at + 1 < options.length ? at + 1 : -1);
      else if (event.key === "ArrowDown" && input.value.trim()) { asked = ""; ask(); }
      else if (event.key === "ArrowUp" && open) move(at < 0 ? options.length - 1 : at - 1);
      else if (event.key === "Enter" && open && at >= 0) take(options[at]);
      else if (event.key === "Escape" && open) close();
      else if (event.key === "Escape" && input.value) input.value = "";
      else if (event.key === "Escape") input.blur();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", (event) => {
      close();
      if (!input.value.trim() && !form.querySelector("input[type=hidden]")) event.preventDefault();
    });
  }

  function opensFilters(filters) {
    const wide = matchMedia("(min-width: 901px)");
    const follow = () => { filters.open = wide.matches; };
    wide.addEventListener("change", follow);
    follow();
    // a wrong day must be seen
    if (filters.querySelector("[aria-invalid]")) filters.open = true;
  }

  if (input) finds(input.form);
  document.querySelectorAll(".party-filters").forEach(opensFilters);
})();
