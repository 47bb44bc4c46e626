package io.plumbline.agent.weave;

/** A site that was put into a class's bytecode. */
record WovenSite(SiteKey key, int id, SiteLayout layout) {}
