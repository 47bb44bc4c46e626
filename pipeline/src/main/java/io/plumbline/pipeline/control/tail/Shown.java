package io.plumbline.pipeline.control.tail;

/**
 * What somebody who watches is shown.
 *
 * @param event {@code signal}, or {@code missed} where there were more than could be shown
 * @param uid of the signal's record; empty where it has none
 * @param json on one line
 */
public record Shown(String event, String uid, String json) {}
