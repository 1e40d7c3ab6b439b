/** Permissions in words: one that the API adds is shown by its name until it has some. */
const rights: Record<string, string> = {
  read_account: 'Read who is here, and the company',
  manage_self: 'Manage one’s own profile, password and sessions',
  invite_members: 'Invite people',
  manage_members: 'Manage members, teams and invitations',
  read_audit: 'Read the audit',
  read_projects: 'Read projects',
  manage_projects: 'Make and change projects',
  read_channels: 'Read channels',
  manage_channels: 'Connect, switch off and remove channels',
  read_posts: 'Read posts, calendar and analytics',
  write_posts: 'Write and edit posts',
  publish_posts: 'Schedule, publish, retry and decide',
  operate: 'Pause the whole company, set budgets and retries',
  read_campaigns: 'Read campaigns, templates, content and rules',
  manage_campaigns: 'Make and change campaigns and templates',
  write_content: 'Write content and hand it in',
  decide_content: 'Approve and reject content',
  manage_rules: 'Make rules and run them',
  manage_guardrails: 'Set guardrails and who approves',
  read_engagement: 'Read tracked pages, their posts and who does what',
  track_pages: 'Track pages, look at them, bring posts',
  engage: 'Like and comment in one’s own name',
  override_guardrails: 'Schedule what the guardrails hold back',
};

export const wordsOfRight = (permission: string): string =>
  rights[permission] ?? (permission.charAt(0).toUpperCase() + permission.slice(1)).replaceAll('_', ' ');
