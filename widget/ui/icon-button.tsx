/** One stroke width for all; the name is said by the button. */
export const iconButton = (name: string, d: string, onClick?: () => void) => (
  <button type={onClick ? 'button' : 'submit'} class="icon" aria-label={name} onClick={onClick}>
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  </button>
);
