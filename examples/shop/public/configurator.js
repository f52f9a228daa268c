// One page whose address changes without a load: the chat goes on beside it, and agents see where the visitor is.
const page = document.querySelector('[data-configurator]');
const summary = page.querySelector('[data-summary]');

function show(step) {
  for (const fields of page.querySelectorAll('[data-fields]')) fields.hidden = fields.dataset.fields !== step;
  for (const link of page.querySelectorAll('[data-step]')) {
    if (link.dataset.step === step) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
    if (link.dataset.step === step) document.title = `${link.textContent} · Build your own · Gloed`;
  }
}

const stepHere = () => location.pathname.split('/')[2] ?? 'shade';

page.addEventListener('click', (event) => {
  const link = event.target.closest('[data-step]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  show(link.dataset.step);
});

addEventListener('popstate', () => show(stepHere()));

page.addEventListener('change', ({ target }) => {
  page.dataset[target.name] = target.value;
  const { shade, foot, cord } = page.dataset;
  summary.textContent = `${shade} shade, ${foot} foot, ${cord} cord`;
  window.Balie('set', { configuration: summary.textContent });
});
