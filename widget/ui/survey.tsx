import { limits } from '../../protocol/limits.ts';
import en from '../texts/en-survey.json' with { type: 'json' };
import nl from '../texts/nl-survey.json' with { type: 'json' };
import type { TextKey } from '../texts/speech.ts';
import type { Screen } from './screen.ts';
import { css } from './styles.ts';
import { type SurveyState, surveyStateOf } from './survey-state.ts';

export const texts = { en, nl };

const said: { readonly [Kind in SurveyState['kind']]?: TextKey } = {
  sending: 'surveySending',
  rated: 'surveyThanks',
  refused: 'surveyRefused',
};

/** How the chat was, in a score and, where the site asks for them, a few words. Asked once, and easily left out. */
export function survey(screen: Screen) {
  const { state, line, t } = screen;
  const { kind } = surveyStateOf(state, line.records.kept, line.access.serverNow());
  const key = said[kind];
  return (
    kind !== 'none' && (
      <div class="survey">
        {kind === 'asked' && form(screen)}
        <p role="status">{key && t(key)}</p>
      </div>
    )
  );
}

function form(screen: Screen) {
  const { state, line, store, language, t } = screen;
  const { conversation, site } = state;
  const { records, outbox } = line;
  const { question, comment: asksWords } = site?.survey ?? {};
  if (!conversation) return null;
  // Asked anew in every handler: on a slow device two keys come before what the first changed is drawn.
  const kept = () => {
    const { rating } = records.tab;
    return rating?.conversation === conversation ? rating : { conversation, score: 0, comment: '' };
  };
  const draft = kept();
  const keep = (change: { score?: number; comment?: string }) => {
    records.changeTab({ rating: { ...kept(), ...change } });
    store.set({});
  };

  function submit(event: Event) {
    event.preventDefault();
    const { score, comment: words } = kept();
    const comment = words.trim();
    outbox.add({ type: 'rate', score, ...(comment && { comment }) }, conversation ?? undefined);
  }

  return (
    <form onSubmit={submit}>
      <fieldset aria-describedby="scale">
        <legend dir="auto">{question?.[language as 'en' | 'nl'] || t('surveyAsk')}</legend>
        <div class="scores">{scores.map((score) => choice(score, score === draft.score, keep))}</div>
        <small id="scale">{t('surveyScale')}</small>
      </fieldset>
      {draft.score > 0 && asksWords && (
        <label>
          {t('surveyWords')}
          <textarea
            maxLength={limits.ratingCommentLength}
            dir="auto"
            value={draft.comment}
            onInput={({ currentTarget }) => keep({ comment: currentTarget.value })}
          />
        </label>
      )}
      <div class="acts">
        {draft.score > 0 && (
          <button type="submit" class="primary">
            {t('surveySend')}
          </button>
        )}
        <button type="button" onClick={() => skip(screen)}>
          {t('surveySkip')}
        </button>
      </div>
    </form>
  );
}

const scores = Array.from({ length: limits.scoreMost }, (_, index) => index + 1);

const choice = (score: number, isChosen: boolean, keep: (change: { score: number }) => void) => (
  <label>
    <input type="radio" name="score" value={score} checked={isChosen} onChange={() => keep({ score })} />
    <span>{score}</span>
  </label>
);

function skip({ state: { conversation }, line: { records }, store }: Screen) {
  if (conversation) records.change({ skipped: conversation });
  store.set({});
}

export const styles = css`
.survey { padding: 12px 16px 0; border-top: 1px solid var(--sunk); overflow-wrap: anywhere }
.survey form { gap: 12px }
.survey fieldset { min-width: 0; padding: 0; border: 0 }
.survey legend { margin-bottom: 8px; padding: 0; font-weight: 600 }
.scores { display: flex; gap: 8px; margin-bottom: 4px }
.scores label { position: relative; flex: 1 }
.scores input { position: absolute; inset: 0; width: 100%; margin: 0; opacity: 0; cursor: pointer }
.scores span { padding: 11px 0; border: 1px solid var(--edge); border-radius: 6px; text-align: center }
.scores :checked + span { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600 }
.scores :focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px }
.survey textarea { height: 68px }
.acts { display: flex; gap: 8px }
.acts button { flex: 1; min-height: 44px }
.acts [type=button] { border: 1px solid var(--edge); border-radius: 6px; background: none }
.survey:has(form) + .primary { border: 1px solid var(--edge); background: none; color: var(--ink) }
.survey p { color: var(--ink-soft); text-align: center }
`;
