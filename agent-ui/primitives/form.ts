import { html, nothing, type TemplateResult } from 'lit';

interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value?: string | number;
  readonly hint?: string | undefined;
  readonly required?: boolean;
  /** The server found something wrong with it. */
  readonly invalid?: boolean;
  readonly maxlength?: number;
}

interface InputField extends FormField {
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'url' | 'date' | 'time' | 'color';
  readonly autocomplete?: 'off' | 'name' | 'username' | 'new-password' | 'current-password' | 'one-time-code';
  readonly min?: number;
  readonly max?: number;
  readonly minlength?: number;
  readonly placeholder?: string;
}

const described = ({ name, hint }: FormField) => (hint === undefined ? nothing : `${name}-hint`);
const hintOf = ({ name, hint }: FormField) =>
  hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`;

/**
 * Fields of a form that is read as a whole when it is sent. What they are given is where they begin: drawing them again
 * changes nothing that was entered. See `field.ts` on why they are templates.
 */
export const inputField = (field: InputField): TemplateResult => html`<div class="field">
  <label for=${field.name}>${field.label}</label>
  <input
    id=${field.name}
    name=${field.name}
    type=${field.type ?? 'text'}
    autocomplete=${field.autocomplete ?? 'off'}
    .defaultValue=${String(field.value ?? '')}
    placeholder=${field.placeholder ?? nothing}
    min=${field.min ?? nothing}
    max=${field.max ?? nothing}
    minlength=${field.minlength ?? nothing}
    maxlength=${field.maxlength ?? nothing}
    ?required=${field.required ?? false}
    aria-invalid=${field.invalid ? 'true' : nothing}
    aria-describedby=${described(field)}
  />
  ${hintOf(field)}
</div>`;

export const areaField = (field: FormField & { readonly rows?: number }): TemplateResult => html`<div class="field">
  <label for=${field.name}>${field.label}</label>
  <textarea
    id=${field.name}
    name=${field.name}
    rows=${field.rows ?? 3}
    .defaultValue=${String(field.value ?? '')}
    maxlength=${field.maxlength ?? nothing}
    ?required=${field.required ?? false}
    aria-invalid=${field.invalid ? 'true' : nothing}
    aria-describedby=${described(field)}
  ></textarea>
  ${hintOf(field)}
</div>`;

interface ChoiceField extends FormField {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange?: (value: string) => void;
}

export function choiceField(field: ChoiceField): TemplateResult {
  const changed = (event: Event) => field.onChange?.((event.target as HTMLSelectElement).value);
  return html`<div class="field">
    <label for=${field.name}>${field.label}</label>
    <select id=${field.name} name=${field.name} aria-describedby=${described(field)} @change=${changed}>
      ${field.options.map(
        ({ value, label }) => html`<option value=${value} ?selected=${value === field.value}>${label}</option>`,
      )}
    </select>
    ${hintOf(field)}
  </div>`;
}

interface CheckField {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly checked: boolean;
  readonly hint?: string;
}

export const checkField = ({ name, label, value = 'on', checked, hint }: CheckField): TemplateResult => html`<label
  class="check"
>
  <input type="checkbox" name=${name} value=${value} .defaultChecked=${checked} />
  <span>${label}${hint === undefined ? nothing : html`<br /><span class="hint">${hint}</span>`}</span>
</label>`;

/** What was entered, by the fields' names. */
export class FormValues {
  readonly #data: FormData;

  constructor(event: Event) {
    event.preventDefault();
    this.#data = new FormData(event.currentTarget as HTMLFormElement);
  }

  text = (name: string): string => String(this.#data.get(name) ?? '').trim();
  /** As it is, spaces at its ends included: a password. */
  raw = (name: string): string => String(this.#data.get(name) ?? '');
  number = (name: string): number => Number(this.#data.get(name));
  is = (name: string): boolean => this.#data.has(name);
  all = (name: string): string[] => this.#data.getAll(name).map(String);
  /** One entry a line, empty ones left out. */
  lines = (name: string): string[] =>
    this.text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
}
