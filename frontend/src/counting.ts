// A button that says in how many reports it rules: it follows the ticks of the copies above it.
export {};

function follow(form: HTMLFormElement): void {
  const ticked = form.querySelectorAll("[data-along] input[type=checkbox]:checked").length;
  for (const label of form.querySelectorAll<HTMLElement>("[data-counted]")) {
    const says = JSON.parse(label.dataset["counted"] ?? "[]") as string[];
    label.textContent = says[ticked] ?? label.textContent;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (form) follow(form);
});

// A browser that keeps ticks over a reload shows others than the page came with.
window.addEventListener("pageshow", () => {
  for (const label of document.querySelectorAll("[data-counted]")) {
    const form = label.closest("form");
    if (form) follow(form);
  }
});
