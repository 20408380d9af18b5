/** Letters to change, add or take away to make one word of the other. */
const distance = (left: string, right: string): number => {
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = (last[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(change, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    last = current;
  }
  return last[right.length] ?? 0;
};

const MOST = 3;
/** Longer words are no typing errors, and would only cost time. */
const LONGEST = 64;

/** The names that may have been meant, best first. */
export const suggest = (wanted: string, names: readonly string[]): readonly string[] => {
  const word = wanted.toLowerCase().slice(0, LONGEST);
  const ranked = names.map((name) => {
    const known = name.toLowerCase();
    const forms = [known, ...known.split('/')];
    const near = Math.min(...forms.map((form) => distance(word, form.slice(0, LONGEST))));
    const inside = forms.some((form) => form.startsWith(word) || word.startsWith(form) || (word.length > 2 && form.includes(word)));
    return { name, rank: inside ? Math.min(near, 1) : near };
  });
  const limit = Math.max(2, Math.floor(word.length / 3));
  return ranked
    .filter(({ rank }) => rank <= limit)
    .sort((left, right) => left.rank - right.rank)
    .slice(0, MOST)
    .map(({ name }) => name);
};
