/* The camera at once: the big button opens it, and a photograph chosen in a place begins its way without another press. */

const camera = document.querySelector("[data-camera]");
const capture = document.querySelector("[data-capture]");

/* The phone's own queue (static/js/studio) takes photographs where it can: it makes them small and sends them in pieces. */
const queue = () => {
  const { studio } = globalThis;
  return studio?.owner && studio.keep && studio.shrink ? studio : null;
};

function busy(form) {
  const line = form.querySelector(".camera-busy");
  if (line) line.hidden = false;
  form.setAttribute("aria-busy", "true");
}

async function begin(field) {
  busy(camera);
  const [file] = field.files;
  const studio = queue();
  const draft = camera.elements.namedItem("draft_key").value;
  try {
    if (!studio) throw new Error("no queue on this phone");
    await studio.drafts?.begun(draft);
    await studio.keep.add({ type: "photo", kind: "beauty", draft, photo: await studio.shrink(file), name: file.name });
  } catch {
    return camera.submit();
  }
  return location.assign(`${camera.querySelector("a").href}?draft_key=${draft}`);
}

if (camera) {
  const field = camera.querySelector("input[type=file]");
  camera.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    field.click();
  });
  field.addEventListener("change", () => field.files.length && begin(field));
}

/* Photographs that are still on this phone follow by themselves: the questions need not wait for them. */
function sayOnPhone() {
  if (capture.elements.namedItem("on_phone")) return;
  capture.append(Object.assign(document.createElement("input"), { type: "hidden", name: "on_phone", value: "1" }));
}

if (capture) {
  capture.addEventListener("change", ({ target }) => {
    if (target.type !== "file" || !target.files?.length) return;
    if (queue()) sayOnPhone();
    else {
      busy(capture);
      capture.requestSubmit();
    }
  });
  capture.addEventListener("submit", () => {
    if (capture.querySelector("[data-shot][data-taken]")) sayOnPhone();
  });
}
