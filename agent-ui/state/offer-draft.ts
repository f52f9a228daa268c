import type { OfferDraft } from '../../protocol/commands.ts';
import type { OfferContent } from '../../protocol/entities.ts';
import type { NewSavedOffer } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';

export interface OptionDraft {
  /** What an answer names it by; it stays when the label is changed. */
  readonly value: string;
  readonly label: string;
  readonly description: string;
  readonly picture: OfferContent['options'][number]['picture'] | null;
}

/** An offer while it is composed. */
export interface OfferForm {
  readonly title: string;
  readonly options: readonly OptionDraft[];
  readonly several: boolean;
  readonly least: number;
  readonly most: number;
  readonly optional: boolean;
}

export type OfferFlaw = 'title' | 'options' | 'same' | 'amount';

const values = Array.from({ length: limits.optionsMost }, (_, index) => `option-${index + 1}`);

const emptyOption = (taken: readonly OptionDraft[]): OptionDraft => ({
  value: values.find((value) => taken.every((option) => option.value !== value)) ?? `option-${taken.length + 1}`,
  label: '',
  description: '',
  picture: null,
});

export const emptyOffer = (): OfferForm => {
  const first = emptyOption([]);
  const options = [first, emptyOption([first])];
  return { title: '', options, several: false, least: 1, most: 2, optional: false };
};

export function withOption(form: OfferForm): OfferForm {
  if (form.options.length >= limits.optionsMost) return form;
  return { ...form, options: [...form.options, emptyOption(form.options)] };
}

export function withoutOption(form: OfferForm, at: number): OfferForm {
  if (form.options.length <= limits.optionsLeast) return form;
  const options = form.options.toSpliced(at, 1);
  return { ...form, options, most: Math.min(form.most, options.length) };
}

export function withOptionChange(form: OfferForm, at: number, change: Partial<OptionDraft>): OfferForm {
  return { ...form, options: form.options.map((option, index) => (index === at ? { ...option, ...change } : option)) };
}

/** A saved one, to be changed and sent. Its pictures belong to the chat they were sent in, and stay there. */
export const formOf = ({ title, options, least, most, optional }: OfferContent): OfferForm => ({
  title,
  options: options.map(({ value, label, description = '' }) => ({ value, label, description, picture: null })),
  several: most > 1,
  least,
  most: Math.max(2, most),
  optional,
});

/** Options without a text count as not there. */
const filled = ({ options }: OfferForm) => options.filter(({ label }) => label.trim() !== '');

/** What keeps it from being sent, the first thing to mend. */
export function flawOf(form: OfferForm): OfferFlaw | null {
  const options = filled(form);
  if (form.title.trim() === '') return 'title';
  if (options.length < limits.optionsLeast) return 'options';
  if (new Set(options.map(({ label }) => label.trim())).size < options.length) return 'same';
  const { several, least, most } = form;
  if (several && !(least >= 1 && least <= most && most <= options.length)) return 'amount';
  return null;
}

export const contentOf = (form: OfferForm): OfferContent => ({
  title: form.title.trim(),
  options: filled(form).map(({ value, label, description, picture }) => ({
    value,
    label: label.trim(),
    ...(description.trim() !== '' && { description: description.trim() }),
    ...(picture && { picture }),
  })),
  least: form.several ? form.least : 1,
  most: form.several ? form.most : 1,
  optional: form.optional,
});

/** To be kept: named by its title, and without its pictures, which belong to the chat that they were uploaded for. */
export const savedOfferOf = (content: OfferContent): NewSavedOffer => ({
  name: content.title.slice(0, limits.presetTitleLength),
  content: { ...content, options: content.options.map(({ picture: _, ...option }) => option) },
});

/** As a command names them: pictures by their files. */
export const draftOf = (content: OfferContent): OfferDraft => ({
  ...content,
  options: content.options.map(({ picture, ...option }) => (picture ? { ...option, picture: picture.id } : option)),
});
