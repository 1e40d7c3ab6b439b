-- Addresses of chats are sealed anew when keys are rotated, as all that is sealed.
GRANT UPDATE (address) ON chat_hooks TO pulse_engine;
