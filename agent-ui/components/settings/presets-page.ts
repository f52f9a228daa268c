import { html } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import type { Preset } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { areaField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { type Column, EditingPage, type ListKind } from './editing-page.ts';
import './saved-offers.ts';

/** What agents have at hand: messages written beforehand, and offers that were kept. */
export class PresetsPage extends EditingPage<Preset> {
  protected override readonly kind: ListKind = {
    path: '/presets',
    member: 'presets',
    change: 'PUT',
    title: 'presets.title',
    about: 'presets.about',
    name: 'presets.name',
    make: 'presets.new',
    none: 'presets.none',
    isWide: true,
  };
  protected override readonly columns: readonly Column<Preset>[] = [
    { label: 'presets.folder', cell: ({ folder }) => folder },
    { label: 'presets.queue', cell: ({ queue }) => this.#queueName(queue) },
    { label: 'presets.text', cell: ({ text }) => html`<span class="soft">${beginningOf(text)}</span>` },
  ];
  #queues: Resource<{ queues: QueueView[] }> | undefined;

  override connectedCallback() {
    super.connectedCallback();
    this.#queues ??= this.resource('/queues');
  }

  protected override nameOf({ title }: Preset) {
    return title;
  }

  protected override below() {
    return html`<balie-saved-offers></balie-saved-offers>`;
  }

  protected override fields(preset: Preset | null) {
    const queues = this.#queues?.store.get().value?.queues ?? [];
    return html`
      ${inputField({ name: 'title', label: this.t('presets.name'), value: preset?.title ?? '', required: true, maxlength: limits.presetTitleLength })}
      <div class="pair">
        ${inputField({ name: 'folder', label: this.t('presets.folder'), value: preset?.folder ?? '', maxlength: limits.presetFolderLength, hint: this.t('presets.folder.hint') })}
        ${choiceField({
          name: 'queue',
          label: this.t('presets.queue'),
          value: preset?.queue ?? '',
          options: [
            { value: '', label: this.t('presets.queue.all') },
            ...queues.map(({ id, name }) => ({ value: id as string, label: name })),
          ],
        })}
      </div>
      ${areaField({ name: 'text', label: this.t('presets.text'), value: preset?.text ?? '', rows: 6, required: true, maxlength: limits.messageLength, hint: this.t('presets.text.hint') })}
    `;
  }

  protected override bodyOf(values: FormValues) {
    return {
      queue: values.text('queue') || null,
      folder: values.text('folder'),
      title: values.text('title'),
      text: values.text('text'),
    };
  }

  #queueName(id: Preset['queue']) {
    if (id === null) return this.t('presets.queue.all');
    return this.#queues?.store.get().value?.queues.find((queue) => queue.id === id)?.name ?? '';
  }
}

const beginningOf = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

customElements.define('balie-presets-page', PresetsPage);
