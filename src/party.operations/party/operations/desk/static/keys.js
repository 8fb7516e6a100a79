/* The keyboard. Pages name their own keys: data-key="c" on a link or button presses it, data-key-c="address" on a row of a
   list leads there. Rows are elements with data-href and a link in them. */
(function () {
  "use strict";
  const KEPT = "party:keys-off";
  const dialog = document.getElementById("party-keys");
  const on = () => { try { return localStorage.getItem(KEPT) !== "1"; } catch (error) { return true; } };
  const isShown = (each) => each.offsetParent !== null && !each.disabled;
  let before = "", beforeAt = 0;

  /* --- rows ---------------------------------------------------------------------------------------------------------- */
  const rows = () => [...document.querySelectorAll("main [data-href]")].filter(isShown);
  const linkOf = (row) => row.querySelector("a[href]:not([hidden])");
  function current() {
    const focused = document.activeElement && document.activeElement.closest("main [data-href]");
    return focused || document.querySelector("main [data-href][aria-current]");
  }
  function move(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))];
    const link = linkOf(to);
    link.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
    to.dispatchEvent(new CustomEvent("party:at", { bubbles: true }));
  }

  /* --- what the keys do ---------------------------------------------------------------------------------------------- */
  function named(key) {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    return all.find(isShown);
  }
  function press(key) {
    const found = named(key);
    if (found) {
      if (found.matches("a, button, summary, input[type=submit]")) found.click(); else found.focus();
      return true;
    }
    const row = current();
    const attribute = "data-key-" + key;
    if (!row || !/^[a-z]$/.test(key) || !row.hasAttribute(attribute)) return false;
    const event = new CustomEvent("party:go", { bubbles: true, cancelable: true, detail: row.getAttribute(attribute) });
    if (row.dispatchEvent(event)) location.assign(event.detail);
    return true;
  }
  const OWN = {
    j: () => move(1),
    k: () => move(-1),
    o: () => { const row = current(); if (row) linkOf(row).click(); },
    x: () => {
      const row = current();
      const box = row && row.querySelector("input[type=checkbox]");
      if (box) box.click();
    },
    "/": () => { const box = document.getElementById("party-find"); if (box) { box.focus(); box.select(); } },
    "?": () => explains(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (location.hash === "#party-rail") location.hash = "#content";
      document.querySelectorAll("details.party-menu[open], details.party-person[open]").forEach((each) => {
        each.open = false;
        each.querySelector("summary").focus();
      });
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !on()) return;
    const at = event.target;
    if (at.isContentEditable || at.closest("textarea, select, dialog") || at.matches("input:not([type=checkbox], [type=radio])")) return;
    const together = Date.now() - beforeAt < 1200 ? before + " " + event.key : "";
    before = event.key;
    beforeAt = Date.now();
    if ((together && press(together)) || press(event.key)) event.preventDefault();
    else if (OWN[event.key] && !together.startsWith("g ")) { OWN[event.key](); event.preventDefault(); }
  });

  /* --- the list of all keys ------------------------------------------------------------------------------------------ */
  function explains() {
    const here = dialog.querySelector("[data-keys-here]");
    const seen = new Set();
    here.replaceChildren();
    for (const each of document.querySelectorAll("[data-key]")) {
      const key = each.dataset.key;
      if (key.startsWith("g ") || seen.has(key) || !isShown(each)) continue;
      seen.add(key);
      const term = document.createElement("dt");
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      const meaning = document.createElement("dd");
      meaning.textContent = each.dataset.keyLabel || each.getAttribute("aria-label") || each.textContent.trim();
      here.append(term, meaning);
    }
    here.parentElement.hidden = !seen.size;
    dialog.querySelector("[name=party-keys-on]").checked = on();
    dialog.showModal();
  }
  if (dialog) {
    dialog.querySelector("[name=party-keys-on]").addEventListener("change", (event) => {
      if (event.target.checked) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, "1");
    });
    document.addEventListener("click", (event) => { if (event.target.closest("[data-opens-keys]")) explains(); });
  }

  /* A menu closes when one presses beside it. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.party-menu[open], details.party-person[open]").forEach((each) => {
      if (!each.contains(event.target)) each.open = false;
    });
  });

  /* A small hint in the tooltip. */
  party.wire((root) => {
    for (const each of root.querySelectorAll("[data-key]")) {
      if (each.hasAttribute("aria-keyshortcuts")) continue;
      each.setAttribute("aria-keyshortcuts", each.dataset.key);
      const hint = party.text("key", { key: each.dataset.key });
      each.title = each.title ? `${each.title} – ${hint}` : hint;
    }
    // an address may say which field one came for
    if (root === document && location.hash.startsWith("#form-")) {
      const field = document.getElementById(location.hash.slice(1));
      if (field) field.focus();
    }
  });
})();
