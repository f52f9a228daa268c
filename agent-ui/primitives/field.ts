import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface FieldBase {
  id: string;
  label: string;
  /** Keeps the label for screen readers alone, where the place already says what the field is. */
  labelUnseen?: boolean;
}

interface TextField extends FieldBase {
  name?: string;
  type?: 'text' | 'email' | 'password';
  autocomplete?: 'username' | 'current-password' | 'one-time-code' | 'off';
  required?: boolean;
  invalid?: boolean;
  describedBy?: string;
}

interface SelectField extends FieldBase {
  value: string;
  options: { value: string; label: string }[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

/**
 * Fields are templates, not elements: label and input then share the owner's shadow root, so the name reaches the input, and
 * a password manager finds both in one form.
 */
export function textField(field: TextField): TemplateResult {
  return html`<div class="field">
    <label for=${field.id} class=${field.labelUnseen ? 'unseen' : ''}>${field.label}</label>
    <input
      id=${field.id}
      name=${field.name ?? field.id}
      type=${field.type ?? 'text'}
      autocomplete=${field.autocomplete ?? 'off'}
      ?required=${field.required ?? false}
      aria-invalid=${field.invalid ? 'true' : nothing}
      aria-describedby=${field.describedBy ?? nothing}
    />
  </div>`;
}

export function selectField(field: SelectField): TemplateResult {
  const choose = (event: Event) => field.onChange((event.target as HTMLSelectElement).value);
  return html`<div class="field">
    <label for=${field.id} class=${field.labelUnseen ? 'unseen' : ''}>${field.label}</label>
    <select id=${field.id} ?disabled=${field.disabled ?? false} @change=${choose}>
      ${field.options.map(
        (option) =>
          html`<option value=${option.value} .selected=${live(option.value === field.value)}>${option.label}</option>`,
      )}
    </select>
  </div>`;
}

export const fieldStyles = css`
  .field {
    display: grid;
    gap: var(--space-4);
  }

  .field label:not(.unseen) {
    color: var(--ink-soft);
    font-size: var(--text-12);
    font-weight: 500;
  }

  .field :is(input, select, textarea) {
    width: 100%;
    min-height: var(--target);
    padding: var(--space-4) var(--space-8);
    border: 1px solid var(--edge-strong);
    border-radius: var(--radius-control);
    background: var(--paper);
    color: var(--ink);
    font: inherit;
  }

  .field select {
    appearance: none;
    padding-inline-end: var(--space-24);
    background-image: linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-position:
      right 14px center,
      right 9px center;
    background-size: 5px 5px;
    background-repeat: no-repeat;
    text-overflow: ellipsis;
    cursor: pointer;
  }

  .field textarea {
    padding-block: var(--space-8);
    resize: vertical;
  }

  .field :is(input, textarea)[aria-invalid='true'] {
    border-color: var(--red);
  }

  .hint {
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  /* Safari on a phone zooms into any field with smaller letters. */
  @media (pointer: coarse) {
    .field :is(input, select, textarea) {
      font-size: var(--text-16);
    }
  }
`;
