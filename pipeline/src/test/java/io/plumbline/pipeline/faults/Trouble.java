package io.plumbline.pipeline.faults;

import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** What a backend does with requests. */
interface Trouble {
    /** It takes everything. */
    Trouble NONE = (call, numbers, dialect) -> Answer.taken();

    /**
     * @param call the number of the request, from 1
     */
    Answer answer(int call, Set<Integer> numbers, Dialect dialect);

    /**
     * What becomes of one request.
     *
     * @param itemStatus what is said of those that are not taken, where the answer goes by signal; else 0
     * @param before run before the answer is given
     * @param isSilent the connection is closed instead
     */
    record Answer(
            int status,
            Map<String, String> headers,
            IntPredicate takes,
            IntPredicate refuses,
            int itemStatus,
            Runnable before,
            boolean isSilent) {
        private static final Runnable NOTHING = () -> {};

        static Answer taken() {
            return new Answer(200, Map.of(), number -> true, number -> false, 0, NOTHING, false);
        }

        /** Nothing is taken, now. */
        static Answer status(int status, Map<String, String> headers) {
            return new Answer(status, headers, number -> false, number -> false, 0, NOTHING, false);
        }

        /** Nothing of this request will ever be taken. */
        static Answer refused(int status) {
            return new Answer(status, Map.of(), number -> false, number -> true, 0, NOTHING, false);
        }

        /** Some are taken, of the others a status is said. */
        static Answer partial(IntPredicate takes, int itemStatus) {
            IntPredicate refuses = number -> itemStatus == 400;
            return new Answer(200, Map.of(), takes, refuses, itemStatus, NOTHING, false);
        }

        Answer after(Runnable first) {
            return new Answer(status, headers, takes, refuses, itemStatus, first, isSilent);
        }

        /** The same, and then the connection is gone before a word was said. */
        Answer silently() {
            return new Answer(status, headers, takes, refuses, itemStatus, before, true);
        }
    }
}
