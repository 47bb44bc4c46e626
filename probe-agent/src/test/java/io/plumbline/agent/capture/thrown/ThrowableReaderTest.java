package io.plumbline.agent.capture.thrown;

import static io.plumbline.agent.capture.thrown.Text.READER;
import static io.plumbline.agent.capture.thrown.Text.capture;
import static io.plumbline.agent.capture.thrown.Text.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrowableReaderTest {
    private static final ThrowableBounds WIDE = new ThrowableBounds(50, 50, 200, 2_000, 100_000, 10_000_000);

    private static void readsAsPrinted(Throwable throwable) {
        assertThat(capture(throwable, WIDE).stackTrace()).isEqualTo(printed(throwable));
    }

    private static Throwable thrownBy(Callable<?> action) {
        try {
            action.call();
        } catch (Throwable t) {
            return t;
        }
        throw new AssertionError("nothing thrown");
    }

    @Test
    void read_causesAndSuppressed_asPrinted() {
        RuntimeException inner = new IllegalArgumentException("inner");
        inner.addSuppressed(new IOException("close 1"));
        inner.addSuppressed(new IOException("close 2", new IllegalStateException()));
        readsAsPrinted(new IllegalStateException("outer\nsecond line", new RuntimeException(inner)));
    }

    @Test
    void read_beforeAndAfterTheJdkMadeFrames_isTheSame() {
        Throwable fresh = new Throwable("x");
        String first = capture(fresh, WIDE).stackTrace();
        assertThat(first)
                .isEqualTo(printed(fresh))
                .isEqualTo(capture(fresh, WIDE).stackTrace());
    }

    @Test
    void read_framesOfJdkModulesLambdasAndReflection_asPrinted() {
        Supplier<Throwable> supplier = () -> new Throwable("in lambda");
        readsAsPrinted(supplier.get());
        readsAsPrinted(thrownBy(() -> List.of(1).stream().map(i -> i / 0).toList()));
        readsAsPrinted(thrownBy(
                () -> ThrowableReaderTest.class.getDeclaredMethod("thrower").invoke(null)));
        readsAsPrinted(thrownBy(() -> {
            FutureTask<Object> task = new FutureTask<>(() -> {
                throw new IOException("in task");
            });
            task.run();
            return task.get();
        }));
        Comparable<?> proxy = (Comparable<?>) Proxy.newProxyInstance(
                ThrowableReaderTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, (self, method, args) -> {
                    throw new IOException("from a proxy");
                });
        readsAsPrinted(thrownBy(() -> proxy.compareTo(null)));
    }

    @SuppressWarnings("unused") // by reflection
    private static void thrower() {
        throw new IllegalStateException("invoked");
    }

    @Test
    void read_cycleAndSharedCause_asPrinted() {
        RuntimeException a = new RuntimeException("a");
        RuntimeException b = new RuntimeException("b", a);
        a.initCause(b);
        readsAsPrinted(a);
        RuntimeException shared = new RuntimeException("shared");
        RuntimeException c = new RuntimeException("c", shared);
        c.addSuppressed(shared);
        c.addSuppressed(c.getCause());
        readsAsPrinted(c);
    }

    @Test
    void read_elementsOfManyKinds_asPrinted() {
        Throwable odd = new Throwable("odd");
        odd.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("loader", "module", "1.2", "a.B", "m", "B.java", 7),
            new StackTraceElement("loader", null, null, "a.B", "m", "B.java", 7),
            new StackTraceElement(null, "module", null, "a.B", "m", "B.java", -1),
            new StackTraceElement("", "", "", "a.B", "m", null, 7),
            new StackTraceElement("a.B", "m", "", 0),
            new StackTraceElement("a.B", "<init>", "B.java", -2),
            new StackTraceElement("a.B$$Lambda/0x000012", "m", null, -1),
            new StackTraceElement("", "", "B.java", Integer.MAX_VALUE),
        });
        readsAsPrinted(odd);
        odd.setStackTrace(new StackTraceElement[0]);
        readsAsPrinted(odd);
    }

    @Test
    void read_messageWithMarksAndOddChars_asPrinted() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 300; c++) {
            all.append(c);
        }
        readsAsPrinted(new RuntimeException(all + "\uD83D\uDE00\uD83D end"));
        readsAsPrinted(new RuntimeException(""));
    }

    static class Stackless extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stackless(String message, Throwable cause) {
            super(message, cause, false, false);
        }
    }

    @Test
    void read_withoutWritableStackTrace_hasNoFrames() {
        Stackless stackless = new Stackless("none", new RuntimeException("cause"));
        stackless.addSuppressed(new RuntimeException("not recorded"));
        readsAsPrinted(stackless);
        assertThat(capture(stackless).frames().shown()).isEmpty();
    }

    @Test
    void read_deserialized_asPrinted() throws Exception {
        RuntimeException sent = new RuntimeException("sent", new IOException("cause"));
        sent.addSuppressed(new IllegalStateException("suppressed"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(sent);
        readsAsPrinted((Throwable) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject());
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue", "ConstantConditions"})
    void read_jdkClassesThatMakeUpTheirMessage_asPrinted() {
        String none = null;
        String open = "(".repeat(1);
        String decimal = "%" + "d".repeat(1);
        readsAsPrinted(thrownBy(() -> none.length()));
        readsAsPrinted(thrownBy(() -> new URI("a b")));
        readsAsPrinted(thrownBy(() -> Pattern.compile(open)));
        readsAsPrinted(thrownBy(() -> Files.readString(Path.of("/no/such/file"))));
        readsAsPrinted(thrownBy(() -> String.format(decimal, "x")));
        readsAsPrinted(thrownBy(() -> Path.of("\0")));
        readsAsPrinted(new InvocationTargetException(new IOException("target")));
        readsAsPrinted(new ExceptionInInitializerError(new IOException("target")));
        readsAsPrinted(new ExecutionException(new IOException("target")));
        readsAsPrinted(new javax.naming.NamingException("name"));
    }

    @Test
    void read_stackOverflow_keepsTheTopWithinBounds() {
        Throwable overflow = thrownBy(() -> endless(0));
        CapturedThrowable captured = capture(overflow);
        assertThat(captured.type()).isEqualTo("java.lang.StackOverflowError");
        assertThat(captured.frames().shown()).hasSize(64);
        assertThat(captured.frames().cut()).isEqualTo(1_024 - 64);
        assertThat(captured.stackTrace()).contains("\t… 960 frames left out\n");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int n) {
        return endless(n + 1) + 1;
    }

    /** Runs application code wherever the JDK would. */
    static class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final List<String> RAN = new ArrayList<>();

        Hostile(String message, Throwable cause) {
            super(message, cause);
            RAN.clear();
        }

        private static RuntimeException ran(String what) {
            RAN.add(what);
            throw new IllegalStateException(what);
        }

        @Override
        public String getMessage() {
            throw ran("getMessage");
        }

        @Override
        public String getLocalizedMessage() {
            throw ran("getLocalizedMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            throw ran("getCause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw ran("getStackTrace");
        }

        @Override
        public synchronized Throwable initCause(Throwable cause) {
            throw ran("initCause");
        }

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            throw ran("setStackTrace");
        }

        @Override
        public String toString() {
            throw ran("toString");
        }

        @Override
        public int hashCode() {
            throw ran("hashCode");
        }

        @Override
        public boolean equals(Object other) {
            throw ran("equals");
        }
    }

    /** Its frames must not be asked for in the usual way either. */
    static class Unfilled extends Hostile {
        private static final long serialVersionUID = 1;

        Unfilled() {
            super("unfilled", null);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            RAN.add("fillInStackTrace");
            return this;
        }
    }

    /** A subclass of one whose getMessage is known, with a part of its own. */
    static class Reasoned extends java.nio.file.FileSystemException {
        private static final long serialVersionUID = 1;

        Reasoned() {
            super("file", "other", "reason");
        }

        @Override
        public String getReason() {
            throw Hostile.ran("getReason");
        }
    }

    @Test
    void read_overriddenMethods_areNeverRun() {
        Throwable hostile = new Hostile("kept", new Hostile("cause", null));
        hostile.addSuppressed(new Hostile("suppressed", null));
        CapturedThrowable captured = capture(hostile);
        assertThat(Hostile.RAN).isEmpty();
        assertThat(captured.message()).isEqualTo("kept");
        assertThat(captured.cause().message()).isEqualTo("cause");
        assertThat(captured.suppressed()).singleElement().extracting("message").isEqualTo("suppressed");
        assertThat(captured.frames().shown().get(0).method()).isEqualTo("read_overriddenMethods_areNeverRun");

        Unfilled unfilled = new Unfilled();
        Hostile.RAN.clear();
        assertThat(capture(unfilled).frames().shown()).isEmpty();
        assertThat(Hostile.RAN).isEmpty();

        assertThat(capture(new Reasoned()).message()).isEqualTo("reason");
        assertThat(capture(new InvocationTargetException(new Hostile("target", null)))
                        .cause()
                        .message())
                .isEqualTo("target");
        assertThat(capture(new java.rmi.RemoteException("remote", new Hostile("detail", null)))
                        .message())
                .isEqualTo("remote");
        assertThat(Hostile.RAN).isEmpty();
    }

    @Test
    void read_moreThanTheBounds_isCutAndMarked() {
        Throwable chain = new RuntimeException("0");
        for (int i = 1; i < 20; i++) {
            chain = new RuntimeException(Integer.toString(i), chain);
        }
        CapturedThrowable captured = capture(chain);
        int depth = 0;
        CapturedThrowable last = captured;
        for (; last.cause() != null; last = last.cause()) {
            depth++;
        }
        assertThat(depth).isEqualTo(8);
        assertThat(last.isCut()).isTrue();
        assertThat(READER.read(chain, new Text())).isFalse();

        RuntimeException many = new RuntimeException("many");
        for (int i = 0; i < 10; i++) {
            many.addSuppressed(new RuntimeException("s" + i));
        }
        assertThat(capture(many).suppressed()).hasSize(4);
        assertThat(capture(many).isCut()).isTrue();
        assertThat(capture(many).stackTrace()).endsWith("… causes or suppressed exceptions left out\n");

        String message = capture(new RuntimeException("x".repeat(5_000))).message();
        assertThat(message).hasSize(2_049).endsWith("…");
    }

    @Test
    void read_wideTreeOfSuppressed_staysWithinAll() {
        RuntimeException top = tree(5);
        Text out = new Text();
        assertThat(READER.read(top, out)).isFalse();
        assertThat(out.text.length()).isLessThan(ThrowableBounds.DEFAULT.chars() + 10_000);
        assertThat(count(CapturedThrowable.parse(out.text.toString()))).isEqualTo(32);
    }

    private static RuntimeException tree(int depth) {
        RuntimeException node = new RuntimeException("node");
        for (int i = 0; i < 4 && depth > 0; i++) {
            node.addSuppressed(tree(depth - 1));
        }
        return node;
    }

    private static int count(CapturedThrowable throwable) {
        return 1
                + throwable.suppressed().stream()
                        .mapToInt(ThrowableReaderTest::count)
                        .sum()
                + (throwable.cause() == null ? 0 : count(throwable.cause()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 1_000, 5_000})
    void read_anyCharBound_endsWell(int chars) {
        RuntimeException top = new RuntimeException("top", new IllegalStateException("cause"));
        top.addSuppressed(new RuntimeException("suppressed"));
        CapturedThrowable captured = capture(top, new ThrowableBounds(8, 4, 32, 64, 2_048, chars));
        assertThat(captured.type()).isEqualTo("java.lang.RuntimeException");
        assertThat(captured.stackTrace()).startsWith("java.lang.RuntimeException");
    }

    @Test
    void parse_textCutAnywhere_readsAsFarAsItGoes() {
        RuntimeException top = new RuntimeException("top \u0001 \u0010", new IllegalStateException("cause"));
        top.addSuppressed(new RuntimeException("suppressed", top));
        for (Throwable one : List.of(top, top.getCause(), top.getSuppressed()[0])) {
            one.setStackTrace(Arrays.copyOf(one.getStackTrace(), 3));
        }
        Text out = new Text();
        READER.read(top, out);
        String whole = out.text.toString();
        for (int length = 1; length < whole.length(); length++) {
            CapturedThrowable captured = CapturedThrowable.parse(whole.substring(0, length));
            assertThat(captured.isCut()).isTrue();
            assertThat(captured.stackTrace()).isNotEmpty();
            assertThat(Fingerprint.of(captured)).hasSize(32);
        }
        assertThatThrownBy(() -> CapturedThrowable.parse(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not begin with an exception");
    }

    @Test
    void parse_randomText_neverFails() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder().append(Marks.TYPE);
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append((char) random.nextInt(20));
            }
            CapturedThrowable captured = CapturedThrowable.parse(text.toString());
            assertThat(captured.stackTrace()).isNotNull();
            assertThat(Fingerprint.of(captured)).hasSize(32);
        }
    }

    @Test
    void read_withoutOpenedPackage_readsTheClass() {
        ThrowableReader closed = new ThrowableReader(
                type -> {
                    throw new IllegalStateException("not opened");
                },
                ThrowableBounds.DEFAULT);
        Text out = new Text();
        assertThat(closed.read(new IOException("x"), out)).isFalse();
        assertThat(CapturedThrowable.parse(out.text.toString()).type()).isEqualTo("java.io.IOException");
        assertThat(closed.limitation()).contains("only the class").contains("not opened");
        assertThat(READER.limitation()).isEmpty();
    }

    @Test
    void read_exceptionLockedElsewhere_doesNotWaitOnceItsFramesAreMade() throws InterruptedException {
        Throwable logged = new IOException("logged before");
        assertThat(logged.getStackTrace()).isNotEmpty();
        Throwable stackless = new Stackless("none", null);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (logged) {
                synchronized (stackless) {
                    locked.countDown();
                    try {
                        read.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        });
        holder.start();
        locked.await();
        assertThat(capture(logged).message()).isEqualTo("logged before");
        assertThat(capture(stackless).message()).isEqualTo("none");
        read.countDown();
        holder.join();
    }

    @Test
    void read_filledAnewMeanwhile_readsOneTraceOrTheOther() throws InterruptedException {
        Throwable shared = new IOException("shared");
        AtomicBoolean done = new AtomicBoolean();
        Thread filler = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                fill(shared, i % 200);
            }
        });
        filler.start();
        for (int i = 0; i < 2_000; i++) {
            assertThat(capture(shared).message()).isEqualTo("shared");
        }
        done.set(true);
        filler.join();
    }

    private static void fill(Throwable throwable, int depth) {
        if (depth == 0) {
            throwable.fillInStackTrace();
        } else {
            fill(throwable, depth - 1);
        }
    }

    @Test
    void read_sinkThatFails_neverThrows() {
        TextSink failing = new TextSink() {
            @Override
            public void append(char c) {
                throw new OutOfMemoryError("in the sink");
            }

            @Override
            public void append(String text, int max) {
                throw new StackOverflowError();
            }
        };
        assertThat(READER.read(new IOException(), failing)).isFalse();
    }

    @Test
    void read_again_allocatesNoFrames() {
        Throwable subject = new RuntimeException("x", new IOException("y"));
        TextSink nowhere = new TextSink() {
            @Override
            public void append(char c) {}

            @Override
            public void append(String text, int max) {}
        };
        for (int i = 0; i < 2_000; i++) {
            READER.read(subject, nowhere);
        }
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 1_000; i++) {
            READER.read(subject, nowhere);
        }
        long perRead = (threads.getThreadAllocatedBytes(id) - before) / 1_000;
        assertThat(perRead).isLessThan(400);
    }
}
