package io.plumbline.agent.capture.thrown;

import static io.plumbline.agent.capture.thrown.Text.capture;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.weave.Compiled;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    private static final String BODY = """
            public static void run() {
                java.util.List.of(1).forEach(x -> { try { one(x); } catch (Exception e) {
                    throw new IllegalStateException("wrapped " + System.nanoTime(), e); } });
            }
            static void one(int x) throws Exception {
                new java.util.concurrent.Callable<Object>() {
                    public Object call() throws Exception { return fail(x); } }.call();
            }
            static int fail(int x) throws Exception { throw new java.io.IOException("" + System.nanoTime()); }
            """;

    /** What an edit elsewhere in the file adds: lines, and a lambda and an anonymous class that are counted before. */
    private static final String ABOVE = """
            static Runnable added = () -> {};
            static Object also = new Object() {};

            """;

    private static String of(String body) throws Exception {
        return of(body, "run");
    }

    private static String of(String body, String method) throws Exception {
        Compiled compiled = new Compiled("shop.Cart", "package shop;\npublic class Cart {\n" + body + "\n}\n");
        try {
            compiled.call("shop.Cart", method);
        } catch (InvocationTargetException e) {
            return Fingerprint.of(capture(e.getCause()));
        }
        throw new AssertionError("nothing thrown");
    }

    @Test
    void of_sameBugAgainAndAfterAnEditAbove_isTheSame() throws Exception {
        String first = of(BODY);
        assertThat(first).matches("[0-9a-f]{32}");
        assertThat(of(BODY)).isEqualTo(first);
        assertThat(of(ABOVE + BODY)).isEqualTo(first);
        assertThat(of(BODY.replace("forEach(x -> {", "forEach(x -> {\n\n"))).isEqualTo(first);
        assertThat(of(BODY.replace("fail(x); } }", "fail(x); } \n}"))).isEqualTo(first);
    }

    @Test
    void of_otherMethodClassOrType_differs() throws Exception {
        String first = of(BODY);
        assertThat(of(BODY.replace("fail(", "refuse("))).isNotEqualTo(first);
        assertThat(of(BODY.replace("IOException", "FileNotFoundException"))).isNotEqualTo(first);
        assertThat(of(BODY.replace("IllegalStateException", "IllegalArgumentException")))
                .isNotEqualTo(first);
        assertThat(of(BODY.replace("one(", "single("))).isNotEqualTo(first);
        assertThat(of(BODY.replace(", e)", ")"))).isNotEqualTo(first);
    }

    @Test
    void of_wrapperOnTheSameLineOrTheNext_isTheSame() throws Exception {
        String body =
                "public static void run() { try { a(); } catch (Exception e) { %s throw new RuntimeException(e); } }"
                        + " static void a() throws Exception { throw new Exception(); }";
        assertThat(of(body.formatted("\n\n"))).isEqualTo(of(body.formatted("")));
    }

    @Test
    void of_recursionOfAnyDepth_isTheSame() throws Exception {
        String body = "public static void run() { down(%s); }"
                + " static void down(int n) { if (n == 0) throw new IllegalStateException(); down(n - 1); }";
        assertThat(of(body.formatted("30"))).isEqualTo(of(body.formatted("3")));
    }

    @Test
    void of_stackOverflow_isTheSameWhereverItStrikes() throws Exception {
        String body = "public static void run() { a(0); } public static void b() { b(0); }"
                + " static int a(int n) { return b(n + 1) + 1; }"
                + " static int b(int n) { return a(n + 1) + (\"\" + n).hashCode(); }";
        assertThat(of(body, "run")).isEqualTo(of(body, "b"));
    }

    @Test
    void of_framesOfTheJdkOnly_usesThem() {
        Throwable one = new NumberFormatException("x");
        one.setStackTrace(new StackTraceElement[] {new StackTraceElement("java.lang.Integer", "parseInt", null, 1)});
        Throwable other = new NumberFormatException("x");
        other.setStackTrace(new StackTraceElement[] {new StackTraceElement("java.lang.Long", "parseLong", null, 1)});
        assertThat(Fingerprint.of(capture(one))).isNotEqualTo(Fingerprint.of(capture(other)));
    }

    @Test
    void of_noFrames_isTheClass() {
        Throwable one = new ThrowableReaderTest.Stackless("one", null);
        Throwable other = new ThrowableReaderTest.Stackless("other", null);
        assertThat(Fingerprint.of(capture(one))).isEqualTo(Fingerprint.of(capture(other)));
    }

    @Test
    void of_frameworkFramesBetween_doNotCount() {
        Throwable one = at("shop.Cart", "shop.Front");
        Throwable other = at("shop.Cart", "org.springframework.web.Servlet", "java.lang.Thread", "shop.Front");
        assertThat(Fingerprint.of(capture(one))).isEqualTo(Fingerprint.of(capture(other)));
    }

    private static Throwable at(String... types) {
        Throwable throwable = new Throwable();
        StackTraceElement[] trace = new StackTraceElement[types.length];
        for (int i = 0; i < types.length; i++) {
            trace[i] = new StackTraceElement(types[i], "run", "X.java", i);
        }
        throwable.setStackTrace(trace);
        return throwable;
    }

    @Test
    void of_knownException_staysAsItIs() {
        // a change of the rule groups every bug anew: it needs a new version in the rule
        assertThat(Fingerprint.of(capture(at("shop.Cart", "shop.Front"))))
                .isEqualTo("e419d13e8a0f08352e18e24b37a45471");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.Cart                                           | shop.Cart
            shop.Cart$Item                                      | shop.Cart$Item
            shop.Cart2                                          | shop.Cart2
            shop.Cart$1                                         | shop.Cart$
            shop.Cart$2$1                                       | shop.Cart$$
            shop.Cart$1Local                                    | shop.Cart$Local
            shop.Cart$$Lambda/0x00007f1c4c000a00                | shop.Cart$$Lambda
            shop.Cart$$Lambda$14/0x0000000800c03000             | shop.Cart$$Lambda
            shop.Cart$$Lambda$14/1234567                        | shop.Cart$$Lambda
            java.lang.invoke.LambdaForm$MH/0x0000000800c4c000   | java.lang.invoke.LambdaForm$MH
            shop.Hidden/0x0000000800c4c000                      | shop.Hidden
            shop.Hidden+0x0000000800c4c000                      | shop.Hidden
            jdk.proxy2.$Proxy12                                 | jdk.proxy2.$Proxy
            jdk.internal.reflect.GeneratedMethodAccessor7       | jdk.internal.reflect.GeneratedMethodAccessor
            jdk.internal.reflect.GeneratedConstructorAccessor77 | jdk.internal.reflect.GeneratedConstructorAccessor
            shop.Cart$$EnhancerBySpringCGLIB$$ab12cd34          | shop.Cart$$EnhancerBySpringCGLIB$$
            shop.Cart$$SpringCGLIB$$0                           | shop.Cart$$SpringCGLIB$$
            shop.Cart$$FastClassBySpringCGLIB$$7f3a_1           | shop.Cart$$FastClassBySpringCGLIB$$
            shop.Cart_$$_jvst4f2_0                              | shop.Cart_$$_
            shop.Cart$ByteBuddy$aB3dE5fG                        | shop.Cart$ByteBuddy
            shop.Cart$HibernateProxy$aB3dE5fG                   | shop.Cart$HibernateProxy
            shop.CartKt$total$1                                 | shop.CartKt$total$
            shop.Cart$$anon$1                                   | shop.Cart$$anon$
            shop.Cart$_run_closure3                             | shop.Cart$_run_closure
            Script14                                            | Script
            shop.core$fn__1234                                  | shop.core$fn__
            """)
    void type_generatedParts_go(String name, String stable) {
        assertThat(StableNames.type(name)).isEqualTo(stable);
    }

    @ParameterizedTest
    @CsvSource({
        "total, total",
        "total2, total2",
        "lambda$total$3, lambda$total$",
        "$anonfun$total$1$adapted, $anonfun$total$$adapted",
        "CGLIB$total$0, CGLIB$total$",
        "access$000, access$"
    })
    void method_generatedParts_go(String name, String stable) {
        assertThat(StableNames.method(name)).isEqualTo(stable);
    }
}
