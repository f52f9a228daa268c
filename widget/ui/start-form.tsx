import type { ComponentChild } from 'preact';
import { limits } from '../../protocol/limits.ts';
import type { TextKey } from '../texts/speech.ts';
import type { Screen } from './screen.ts';

const kinds = {
  name: { type: 'text', maxLength: limits.nameLength },
  email: { type: 'email', maxLength: limits.emailLength },
} as const;

/** Asks what the site wants to know and nobody has verified. */
export function startForm({ state, t, line }: Screen, more?: ComponentChild, act: TextKey = 'start') {
  function submit(event: SubmitEvent) {
    event.preventDefault();
    line.request(Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)));
  }

  return (
    <form class="start" onSubmit={submit}>
      <p class="hello">
        <bdi>{t('hello')}</bdi>
      </p>
      {state.asked.map((name) => (
        <label>
          {t(name)}
          <input
            name={name}
            {...kinds[name]}
            autocomplete={name}
            required
            pattern=".*\S.*"
            dir="auto"
            defaultValue={state.answers[name] ?? ''}
          />
        </label>
      ))}
      {more}
      {state.failed && (
        <p class="bad" role="alert">
          {t('failed')}
        </p>
      )}
      <button type="submit" class="primary">
        {t(act)}
      </button>
    </form>
  );
}
