/** Words for when somebody else has saved what is being changed. */
export const conflictStrings = {
  text: 'You see theirs, and what yours would change. Nothing of either is lost until you choose.',
  theirsToMine: 'From theirs to yours',
  same: 'the same',
  alsoDiffers: (parts: string) => `Also different: ${parts}.`,
  takeTheirs: 'Take theirs',
  tookTheirs: 'You go on with theirs.',
  keepMine: 'Keep mine',
  join: 'Put both together',
  joined: 'Both are in the form. Nothing is saved yet.',
  showBoth: 'Show both',
  typedStays: 'What you typed is still here.',
  somebody: 'Somebody',
  changedBy: { mine: 'you changed it', theirs: 'they changed it', both: 'both changed it' },
};
