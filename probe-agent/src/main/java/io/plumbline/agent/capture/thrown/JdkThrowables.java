package io.plumbline.agent.capture.thrown;

import java.util.Set;

/**
 * Exceptions of the JDK that keep message or cause in fields of their own. Their getters may be called, as they run
 * nothing but the JDK; this holds for these very classes only, since a subclass can override what they call. Left out on
 * purpose: those whose message is made of another exception's toString, such as RemoteException and SAXException.
 *
 * <p>Any thread; a class is looked at once.
 */
final class JdkThrowables {
    /** Classes that declare such a getMessage. NullPointerException works out its helpful message there. */
    private static final Set<String> MESSAGES = Set.of(
            "java.io.InvalidClassException",
            "java.lang.NullPointerException",
            "java.net.URISyntaxException",
            "java.nio.charset.MalformedInputException",
            "java.nio.charset.UnmappableCharacterException",
            "java.nio.file.FileSystemException",
            "java.nio.file.InvalidPathException",
            "java.util.DuplicateFormatFlagsException",
            "java.util.FormatFlagsConversionMismatchException",
            "java.util.IllegalFormatArgumentIndexException",
            "java.util.IllegalFormatCodePointException",
            "java.util.IllegalFormatConversionException",
            "java.util.IllegalFormatFlagsException",
            "java.util.IllegalFormatPrecisionException",
            "java.util.IllegalFormatWidthException",
            "java.util.MissingFormatArgumentException",
            "java.util.MissingFormatWidthException",
            "java.util.UnknownFormatConversionException",
            "java.util.UnknownFormatFlagsException",
            "java.util.regex.PatternSyntaxException");

    /** Classes that declare a getCause which gives a field of theirs. */
    private static final Set<String> CAUSES = Set.of(
            "java.io.WriteAbortedException",
            "java.lang.reflect.InvocationTargetException",
            "java.rmi.RemoteException",
            "javax.management.MBeanException",
            "javax.management.ReflectionException",
            "javax.management.RuntimeErrorException",
            "javax.management.RuntimeMBeanException",
            "javax.management.RuntimeOperationsException",
            "javax.naming.NamingException",
            "javax.xml.parsers.FactoryConfigurationError",
            "javax.xml.stream.FactoryConfigurationError",
            "org.xml.sax.SAXException");

    private record Getters(boolean message, boolean cause) {}

    private static final Getters NONE = new Getters(false, false);

    private final ClassValue<Getters> getters = new ClassValue<>() {
        @Override
        protected Getters computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Whether getMessage of this very class may be called. */
    boolean mayAskMessage(Class<?> type) {
        return getters.get(type).message();
    }

    /** Whether getCause of this very class may be called. */
    boolean mayAskCause(Class<?> type) {
        return getters.get(type).cause();
    }

    private static Getters find(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
            return NONE;
        }
        try {
            return new Getters(
                    MESSAGES.contains(
                            type.getMethod("getMessage").getDeclaringClass().getName()),
                    CAUSES.contains(
                            type.getMethod("getCause").getDeclaringClass().getName()));
        } catch (ReflectiveOperationException | LinkageError e) {
            return NONE;
        }
    }
}
