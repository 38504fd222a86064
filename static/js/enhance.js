/* Small comforts; every page works without them. */

/* A second press on the same button within five seconds sends nothing. The button is never disabled: its name and value
   must travel, and a page brought back from the history must work again. */
const guarded = new WeakMap();

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const last = guarded.get(form);
  if (last && last.button === event.submitter && Date.now() - last.at < 5000) {
    event.preventDefault();
    return;
  }
  guarded.set(form, { button: event.submitter, at: Date.now() });
  if (form.matches("[data-add]")) add(event, form);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) guarded.delete(form);
});

/* Add to the inquiry list without leaving the page; anything unexpected sends the form as usual. */
async function add(event, form) {
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    button.classList.add("add-done");
    button.setAttribute("aria-label", button.dataset.done);
    dispatchEvent(new Event("list-changed"));
  } catch {
    form.submit();
  } finally {
    button.removeAttribute("aria-busy");
    guarded.delete(form);
  }
}

/* A form that came back: the focus goes to what is wrong, and a link in the summary into its field. */
const summary = document.querySelector("[data-focus]");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

/* A text field that grows with its text. */
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

if (!CSS.supports("field-sizing", "content")) {
  for (const area of document.querySelectorAll("textarea[data-grow]")) {
    area.addEventListener("input", () => grow(area));
    if (area.value) grow(area);
  }
}

/* Copy what stands in data-copy; the button says that it was done in the words of data-copied. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span") ?? button;
    const before = words.textContent;
    words.textContent = button.dataset.copied ?? before;
    setTimeout(() => (words.textContent = before), 2500);
  });
}

/* The names of the files chosen, below the field. */
for (const field of document.querySelectorAll("input[type=file][data-files]")) {
  const list = document.createElement("ul");
  list.className = "file-names num";
  list.setAttribute("aria-live", "polite");
  field.after(list);
  field.addEventListener("change", () => {
    list.replaceChildren(
      ...[...field.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024))} KB)`;
        return item;
      }),
    );
  });
}

/* The menus of a phone close with Escape and with a press elsewhere. */
const menus = document.querySelectorAll("details.menu, details.tabbar-more");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});
addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

/* Print, and the device's own way to share: buttons that stay hidden where script does not run. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}));
}
