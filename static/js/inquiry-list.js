/* The inquiry list keeps itself: what is changed is sent at once, and what the server says of it is shown beside the field.
   Without this the button "Keep the changes" does the same. */

const form = document.querySelector("form[data-keep]");
let turn = 0;

form?.addEventListener("change", keep);

async function keep() {
  const mine = ++turn;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (mine !== turn || (!answer.ok && answer.status !== 422)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("form[data-keep]")) return;
    showWords(page);
    swap("sums", page);
    const said = form.querySelector("[data-kept]");
    said.textContent = answer.ok ? said.dataset.kept : "";
    dispatchEvent(new Event("list-changed"));
  } catch {
    /* Not reachable now: the button still sends everything. */
  }
}

/* The hint and error of each field. The fields stay as they are: somebody may be writing in one of them. */
function showWords(page) {
  for (const here of form.querySelectorAll("[data-field]")) {
    const there = page.querySelector(`[data-field="${CSS.escape(here.dataset.field)}"]`);
    const [field, named] = [here.querySelector("input, select"), there?.querySelector("input, select")];
    if (!field || !named) continue;
    here.className = there.className;
    here.querySelector(".field-error")?.remove();
    const error = there.querySelector(".field-error");
    if (error) here.querySelector("label").after(document.adoptNode(error));
    document.getElementById(`${field.id}-hint`)?.remove();
    const hint = page.getElementById(`${field.id}-hint`);
    if (hint) here.after(document.adoptNode(hint));
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (named.hasAttribute(name)) field.setAttribute(name, named.getAttribute(name));
      else field.removeAttribute(name);
    }
  }
}

function swap(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (old && fresh) old.replaceWith(document.adoptNode(fresh));
}

/* One more, one less, beside each quantity in figures of either script. */
const LAO = "໐໑໒໓໔໕໖໗໘໙";

for (const field of form?.querySelectorAll("input[data-step]") ?? []) {
  const words = field.closest("[data-more]")?.dataset;
  if (!words) continue;
  const name = field.closest(".line").querySelector("h3").textContent.trim();
  const row = document.createElement("span");
  row.className = "stepper";
  field.replaceWith(row);
  row.append(step(field, -1, `${words.less}: ${name}`), field, step(field, 1, `${words.more}: ${name}`));
}

function step(field, by, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "stepper-button";
  button.textContent = by < 0 ? "−" : "+";
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => {
    const typed = field.value.trim().replace(/[໐-໙]/g, (digit) => LAO.indexOf(digit));
    if (!/^\d*$/.test(typed)) return field.focus();
    field.value = Math.max(1, Number(typed) + by);
    clearTimeout(button.waiting);
    button.waiting = setTimeout(keep, 600);
  });
  return button;
}

for (const field of document.querySelectorAll("input[data-select]")) field.addEventListener("focus", () => field.select());
