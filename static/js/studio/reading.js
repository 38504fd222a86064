/* On the page that opens without signal, numbers are read back as on the site's own; what is none does not go on. */

import { isPlain, show } from "../studio-reading.js";

const numbers = (form) => [...form.querySelectorAll("input[data-number]")];

document.addEventListener("input", ({ target }) => target.dataset.number && target.form?.matches("[data-answer]") && show(target));
addEventListener("studio-question", () => document.querySelectorAll("form[data-answer]").forEach((form) => numbers(form).forEach(show)));
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("[data-answer]") || event.submitter?.name === "unknown") return;
    if (numbers(event.target).every(isPlain)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);
