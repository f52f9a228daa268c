import type { Action } from '../state/action.ts';
import type { Preferences } from '../state/preferences.ts';

/** What a person asked for, on its way up to the desk. */
export class ActionEvent extends Event {
  static readonly type = 'desk-action';
  readonly action: Action;

  constructor(action: Action) {
    super(ActionEvent.type, { bubbles: true, composed: true });
    this.action = action;
  }
}

/** What a person chose for this browser. */
export class PreferenceEvent extends Event {
  static readonly type = 'preference-change';
  readonly change: Partial<Preferences>;

  constructor(change: Partial<Preferences>) {
    super(PreferenceEvent.type, { bubbles: true, composed: true });
    this.change = change;
  }
}
