/* What the scripts of the desk share. It is loaded before all others.

   party.home             the address of the site
   party.wire(wiring)     run wiring(root) on the page, and on every part of a page that is put into it later
   party.arrived(root)    says that such a part is there
   party.text(name, of)   a sentence of the frame (data-say), with {…} filled in from `of`
   party.whoAmI()         {"person", "token"}: who is logged in ("" for nobody), and a fresh authenticator
   party.post(path, body) sends fields, with the authenticator; gives the answer
   party.toast(sentence)  says it where messages stand; gives the element, for a button in it (messages.js)
   party.template(id)     a copy of the first element in a <template> of the frame */
window.party = (function () {
  "use strict";
  const home = document.body.dataset.portalUrl;
  const wirings = [];
  const words = document.getElementById("party-words");

  function text(name, of = {}) {
    const sentence = (words && words.content.querySelector(`[data-say="${name}"]`)) || { textContent: "" };
    return sentence.textContent.trim().replace(/\{(\w+)\}/g, (whole, each) => (each in of ? of[each] : whole));
  }

  async function whoAmI() {
    const answer = await fetch(home + "/@@whoami", { headers: { Accept: "application/json" }, cache: "no-store" });
    return answer.json();
  }

  async function post(path, fields) {
    const body = new URLSearchParams({ ...fields, _authenticator: (await whoAmI()).token });
    return fetch(home + "/" + path, { method: "POST", body, headers: { Accept: "application/json" } });
  }

  const template = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const wire = (wiring) => { wirings.push(wiring); wiring(document); };
  const arrived = (root) => wirings.forEach((wiring) => wiring(root));

  return { home, text, whoAmI, post, template, wire, arrived };
})();
