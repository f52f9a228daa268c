import { ContextConsumer, createContext } from '@lit/context';
import { LitElement } from 'lit';
import type { Action } from '../state/action.ts';
import type { Preferences } from '../state/preferences.ts';
import { createTexts, type TextKey, type Texts, type TextVars } from '../texts.ts';
import { ActionEvent, PreferenceEvent } from './action-event.ts';

export const textsContext = createContext<Texts>(Symbol('texts'));

/** What every part of the console can do: speak the chosen language, and pass on what a person asks for. */
export class ConsoleElement extends LitElement {
  readonly #texts = new ContextConsumer(this, { context: textsContext, subscribe: true });

  protected get texts(): Texts {
    return this.#texts.value ?? createTexts('en');
  }

  protected t(key: TextKey, vars?: TextVars): string {
    return this.texts.t(key, vars);
  }

  protected act(action: Action) {
    this.dispatchEvent(new ActionEvent(action));
  }

  protected prefer(change: Partial<Preferences>) {
    this.dispatchEvent(new PreferenceEvent(change));
  }
}
