package io.plumbline.agent.weave;

/**
 * Names one site within a class so that weaving the class again finds it again.
 *
 * @param method name and descriptor
 * @param line 1-based
 * @param ordinal which of the method's sites of the line, from 0
 */
record SiteKey(String method, int line, int ordinal) {}
