// Every word that a person reads stands in src/strings; markup has none of its own.
const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'text', 'help']);
const hasWord = (text) => /\p{L}{2,}/u.test(text);

export const noWordsInMarkup = {
  meta: { type: 'problem', messages: { words: 'Put “{{text}}” into src/strings.' }, schema: [] },
  create: (context) => ({
    JSXText: (node) => {
      if (hasWord(node.value)) context.report({ node, messageId: 'words', data: { text: node.value.trim() } });
    },
    JSXAttribute: (node) => {
      const value = node.value;
      if (!spoken.has(node.name.name) || value?.type !== 'Literal' || typeof value.value !== 'string') return;
      if (hasWord(value.value)) context.report({ node, messageId: 'words', data: { text: value.value } });
    },
  }),
};
