/* Choosing lines of a register: all of a page, a range with Shift, and what can be done with them. The page works without. */
(function () {
  "use strict";
  const form = document.getElementById("register-lines");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name='uids']")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector(".register-count");
  const acts = form.querySelector(".register-chosen");
  let last = null;

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    if (acts) acts.hidden = chosen === 0;
    count.textContent = chosen ? `${count.dataset.some} ${chosen}` : count.dataset.none;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (boxes.includes(box)) {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
      }
      last = box;
      show();
      return;
    }
    // anywhere else in a line opens the document, but for what is marked to be copied
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, .c-choose") && !String(getSelection())) location.assign(row.dataset.href);
  });
  // the browser brings back what was chosen when one comes back to the page
  addEventListener("pageshow", show);
  show();
})();
