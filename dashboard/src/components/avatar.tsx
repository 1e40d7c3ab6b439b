/** The first letters of a name, for people. */
export const Avatar = ({ name }: { name: string }) => {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => part[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <span
      aria-hidden
      className="inline-flex size-5.5 shrink-0 items-center justify-center rounded-full bg-accent-tint text-axis font-heading text-accent-text"
    >
      {letters}
    </span>
  );
};
