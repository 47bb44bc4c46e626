package io.plumbline.agent.weave;

/**
 * A site that is to be put into a method.
 *
 * @param arrival where, when it is at an instruction; null for a method's entry and its end by an exception
 */
record Placement(WovenSite woven, SiteFinder.Site arrival) {}
