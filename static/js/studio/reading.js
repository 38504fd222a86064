/* On the page that opens without signal, numbers are read back as on the site's own. */

import { inWords, read, withUnit } from "../studio-numbers.js";

const { language } = document.getElementById("phone").dataset;
const { made, say } = globalThis.studio;

function readBack(form) {
  const field = form.querySelector("input[data-number]");
  if (!field) return;
  const unit = field.closest(".answer, .field-unit")?.querySelector("span")?.textContent ?? "";
  const { number, readings } = read(field.value);
  const shown = form.querySelector("[data-echo]");
  shown.hidden = !number && !readings;
  const words = number ? [made("p", {}, say("you_wrote")), made("b", {}, withUnit(number, unit, language)), made("p", {}, inWords(number, unit, language))] : [made("p", {}, say("unclear"))];
  shown.replaceChildren(...words);
}

document.addEventListener("input", ({ target }) => target.form?.matches("[data-answer]") && readBack(target.form));
addEventListener("studio-question", () => document.querySelectorAll("form[data-answer]").forEach(readBack));
document.querySelectorAll("form[data-answer]").forEach(readBack);
