package io.plumbline.agent.weave;

/**
 * A site that was put into a class's bytecode.
 *
 * @param line that it stands at, in the source file that its code is from; 0 where the class doesn't tell
 */
record WovenSite(SiteKey key, int id, int line, SiteLayout layout) {}
