/* The frame of a photograph, moved by a finger, a mouse or the arrow keys instead of by sliders.
   The sliders stay and are what the form sends: this only sets them, and draws what they say. */

const [ACROSS, DOWN] = [4, 5];

for (const field of document.querySelectorAll("[data-framing]")) frame(field);

function frame(field) {
  const [width, height] = [Number(field.dataset.width), Number(field.dataset.height)];
  const most = width * DOWN > height * ACROSS ? [(height * ACROSS) / DOWN, height] : [width, (width * DOWN) / ACROSS];
  const picture = field.querySelector(".framing-picture");
  const outside = picture.querySelector(".framing-outside");
  const inside = picture.querySelector(".framing-frame");
  const [size, across, down] = ["size", "across", "down"].map((name) => field.querySelector(`[name="${name}"]`));
  const [whole, framed] = ["whole", "frame"].map((value) => field.querySelector(`[name="shape"][value="${value}"]`));
  const shown = document.querySelector("[data-framed]");

  const bounded = (value, least, top) => Math.min(top, Math.max(least, value));

  /* Left, top, width and height in pixels of the photograph. */
  function box() {
    if (whole.checked) return [0, 0, width, height];
    const [wide, tall] = most.map((side) => (side * size.value) / 100);
    return [((width - wide) * across.value) / 100, ((height - tall) * down.value) / 100, wide, tall];
  }

  function draw() {
    const [left, top, wide, tall] = box().map(Math.round);
    const hole = `M${left} ${top}V${top + tall}H${left + wide}V${top}Z`;
    outside.setAttribute("d", `M0 0H${width}V${height}H0Z${hole}`);
    for (const [name, value] of Object.entries({ x: left, y: top, width: wide, height: tall })) inside.setAttribute(name, value);
    shown?.setAttribute("viewBox", `${left} ${top} ${wide} ${tall}`);
  }

  function choose() {
    framed.checked = true;
  }

  function moveTo(left, top) {
    const [, , wide, tall] = box();
    const share = (place, room) => (room > 0.5 ? Math.round((100 * bounded(place, 0, room)) / room) : 50);
    across.value = share(left, width - wide);
    down.value = share(top, height - tall);
    draw();
  }

  /* Around its own middle. */
  function resize(by) {
    choose();
    const [left, top, wide, tall] = box();
    size.value = bounded(Number(size.value) + by, Number(size.min), Number(size.max));
    const [, , now, high] = box();
    moveTo(left + (wide - now) / 2, top + (tall - high) / 2);
  }

  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  picture.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") resize(4);
    else if (event.key === "-") resize(-4);
    else if (event.key in KEYS) {
      choose();
      const [x, y] = KEYS[event.key];
      for (const [slider, by] of [[across, x], [down, y]]) slider.value = bounded(Number(slider.value) + by * (event.shiftKey ? 10 : 2), 0, 100);
      draw();
    } else return;
    event.preventDefault();
  });

  let held = null;

  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    choose();
    draw();
    const [left, top] = box();
    held = { x: event.clientX, y: event.clientY, left, top, scale: picture.getScreenCTM().a };
    picture.setPointerCapture(event.pointerId);
    event.preventDefault();
    picture.focus({ preventScroll: true });
  });

  picture.addEventListener("pointermove", (event) => {
    if (held) moveTo(held.left + (event.clientX - held.x) / held.scale, held.top + (event.clientY - held.y) / held.scale);
  });

  for (const sign of ["pointerup", "pointercancel"]) picture.addEventListener(sign, () => (held = null));

  for (const slider of [size, across, down]) {
    slider.addEventListener("input", () => {
      choose();
      draw();
    });
  }
  for (const shape of [whole, framed]) shape.addEventListener("change", draw);

  field.classList.add("framing-on");
  picture.setAttribute("tabindex", "0");
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-label", picture.dataset.help);
  draw();
}
