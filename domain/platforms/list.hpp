// The platforms, by name. Adding one is a folder connectors/NAME and its name here.
#pragma once

/// In the order in which people see them. A name is the word of the API, of SQL, of the connector's folder and of its
/// namespace.
#define PULSE_PLATFORMS(EACH) \
  EACH(website)               \
  EACH(x)                     \
  EACH(instagram)             \
  EACH(linkedin)              \
  EACH(facebook)              \
  EACH(threads)               \
  EACH(pinterest)             \
  EACH(tiktok)                \
  EACH(mastodon)              \
  EACH(bluesky)

/// Where accounts are connected: companies rather than platforms, for Facebook and Instagram are both Meta's. Each has
/// an authorizer in the folder connectors/NAME.
#define PULSE_PROVIDERS(EACH) \
  EACH(linkedin) EACH(meta) EACH(pinterest) EACH(threads) EACH(tiktok) EACH(x) EACH(mastodon) EACH(bluesky)
