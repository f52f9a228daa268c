import { ContextConsumer, createContext } from '@lit/context';
import { html, nothing, type TemplateResult } from 'lit';
import { Resource } from '../state/resource.ts';
import type { Problem, Rest } from '../state/rest.ts';
import { StoreController } from '../state/store-controller.ts';
import type { Unsaved } from '../state/unsaved.ts';
import { isTextKey } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';

export const restContext = createContext<Rest>(Symbol('rest'));
export const unsavedContext = createContext<Unsaved>(Symbol('unsaved'));

/** A place in the console that works on the REST part: gets at it, and says what went wrong there. */
export class ConsolePage extends ConsoleElement {
  readonly #rest = new ContextConsumer(this, { context: restContext });

  readonly #unsaved = new ContextConsumer(this, { context: unsavedContext });

  /** Something was entered in a form of this page that is not saved: leaving it asks first. */
  readonly touched = (): void => this.#unsaved.value?.hold(this);

  /** It was saved, or given up. */
  readonly untouched = (): void => this.#unsaved.value?.release(this);

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.untouched();
  }

  /** Asks first where something would be lost by it: in this form alone, or anywhere. */
  protected leave(go: () => void, of: 'form' | 'page' = 'form'): void {
    this.#unsaved.value?.leave(go, of === 'form' ? this : undefined);
  }

  protected get rest(): Rest {
    const rest = this.#rest.value;
    if (!rest) throw new Error('A page stands in the console.');
    return rest;
  }

  /** Read at once, and drawn whenever it changes. To be called when the page is in the console. */
  protected resource<Value>(path: string): Resource<Value> {
    const resource = new Resource<Value>(this.rest, path);
    new StoreController(this, resource.store);
    void resource.load();
    return resource;
  }

  /** Where to place it, it is spoken at once. */
  protected problem(problem: Problem | null): TemplateResult {
    return html`<p class="problem" role="alert">${problem ? this.problemWords(problem) : nothing}</p>`;
  }

  /** The server says what is wrong with a field in English; what happens every day is in the catalogue. */
  protected problemWords({ code, field, message }: Problem): string {
    const key = `problem.${code}`;
    const words = isTextKey(key) ? this.t(key) : this.t('problem.internal');
    return field === undefined ? words : `${words} ${message}`;
  }
}
