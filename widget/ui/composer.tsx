import { iconButton } from './icon-button.tsx';
import type { Screen } from './screen.ts';

export function composer(screen: Screen) {
  const { t, line, wantTalk, talk, files } = screen;
  const deliver = files ? (text: string) => files.deliver(screen, text) : line.message;

  function changed(field: HTMLTextAreaElement) {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
    line.records.changeTab({ draft: field.value });
    // Fetched at the first key: whatever is sent before that, the server counts.
    return talk?.count(field) ?? true;
  }

  function send(event: Event) {
    event.preventDefault();
    const field = (event.currentTarget as HTMLElement).closest('form')?.elements[0] as HTMLTextAreaElement;
    const text = field.value.trim();
    if (!changed(field) || !deliver(text)) return;
    field.value = '';
    changed(field);
    field.focus();
  }

  return (
    <form class="composer" onSubmit={send}>
      <textarea
        rows={1}
        dir="auto"
        enterkeyhint="send"
        aria-label={t('message')}
        placeholder={`${t('message')}…`}
        defaultValue={line.records.tab.draft}
        onKeyDown={(event) => {
          // Enter also confirms what an input method composes; 229 is how Safari says so.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) send(event);
        }}
        onInput={({ currentTarget }) => {
          changed(currentTarget);
          line.typed();
          wantTalk();
        }}
      />
      {talk?.attach(screen)}
      {iconButton(t('send'), 'M12 19V5M5 12l7-7 7 7')}
      <small role="status" />
    </form>
  );
}
