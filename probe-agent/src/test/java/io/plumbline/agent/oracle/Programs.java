package io.plumbline.agent.oracle;

import java.util.ArrayList;
import java.util.List;

/** What random programs are made of. */
public abstract class Programs {
    /** Calls left. */
    protected int fuel = 40;

    private final List<Integer> trace = new ArrayList<>();

    /** Runs the program. */
    public abstract int run();

    /** What the program did, in order. */
    final List<Integer> trace() {
        return trace;
    }

    /** Something that is seen to be called. */
    protected final int t(int x) {
        trace.add(x);
        return Math.floorMod(x * 7 + 3, 11);
    }

    protected final int u(int x, int y, int z) {
        trace.add(x - y + z);
        return (x + y * 2 + z) % 13;
    }

    protected final void boom(int x) {
        if (x % 3 == 0) {
            throw new Boom(x);
        }
    }

    /** A lambda's type. */
    protected interface Fun {
        int of(int x);
    }

    /** The one exception. */
    @SuppressWarnings("serial")
    protected static final class Boom extends RuntimeException {
        public Boom(int x) {
            super("boom " + x);
        }
    }

    /** A resource. In the twin it says where it is closed. */
    protected final class Res implements AutoCloseable {
        private final int value;
        private final Track track;
        private final int made;
        private int end;

        public Res(int value) {
            this(value, null, 0);
        }

        public Res(int value, Track track, int made) {
            this.value = value;
            this.track = track;
            this.made = made;
            if (track != null) {
                track.at(made, false);
            }
        }

        /** The block is through. */
        public void ok(int line) {
            end = line;
        }

        @Override
        public void close() {
            t(value);
            if (track != null) {
                track.at(end == 0 ? made : end, false);
            }
        }
    }
}
