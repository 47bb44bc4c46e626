package io.plumbline.pipeline.stream;

import java.util.List;

/** Where signals go that no repetition will deliver. */
@FunctionalInterface
interface DeadLetters {

    /** Keeps them, each by itself, for people to look at and to send again. Returns when they are safe, so that their offsets may be committed. */
    void put(List<Loss> losses) throws InterruptedException;
}
