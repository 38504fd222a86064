/* The review page: the button says what it will do with the decisions as they stand. Without script its words hold for any of them. */

const form = document.querySelector("form[data-verdicts]");

function count() {
  const chosen = [...form.querySelectorAll("input[type=radio]:checked")];
  const returned = chosen.filter((one) => one.value === "return").length;
  const taken = chosen.length - returned;
  const words = form.dataset;
  const filled = (text) => text.replace("{taken}", taken).replace("{returned}", returned);
  const goesBackWhole = returned > 0 && (words.isNew === "yes" || taken === 0);
  const button = form.querySelector("[data-decide]");
  button.textContent = returned === 0 ? words.publish : goesBackWhole ? words.return : filled(words.both);
  form.querySelector("[data-said]").textContent = returned === 0 ? words.saidAll : goesBackWhole ? words.saidNone : filled(words.saidBoth);
}

if (form) {
  count();
  form.addEventListener("change", (event) => {
    count();
    const area = event.target.value === "return" && event.target.closest("fieldset").querySelector("textarea");
    if (area && !area.value) area.focus();
  });
}
