package io.plumbline.agent.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Gives names in the agent's class files, as they load, other names.
 *
 * <p>Kafka's client is called otherwise here than in programs. Other agents know classes by their names and weave those of Kafka's
 * clients, whoever uses them: the OpenTelemetry agent would make a span of each record that the agent sends.
 *
 * <p>And what the agent's libraries do with the program's logging and management is led elsewhere. Whoever is first to touch {@code
 * java.util.logging} or the platform's MBean server decides what they are made of, and it must be the application: some
 * servers put their own in place in their {@code main}. So in the libraries' class files the names of the two entries are
 * replaced by those of classes of the agent's, which say and register nothing.
 *
 * <p>The format is that of the JVM specification, §4.4: names stand in the constant pool as text.
 */
final class Detour {
    private static final Map<String, String> NAMES = Map.of(
            "java/util/logging/Logger", "io/plumbline/agent/quiet/QuietLogger",
            "java/lang/management/ManagementFactory", "io/plumbline/agent/quiet/NoManagement");

    private static final String AGENT = "io.plumbline.agent.";
    private static final String KAFKA = "org/apache/kafka/";
    private static final String OWN_KAFKA = "io/plumbline/agent/kafka/";
    private static final String KAFKA_DOTTED = KAFKA.replace('/', '.');
    private static final String OWN_KAFKA_DOTTED = OWN_KAFKA.replace('/', '.');

    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;

    /** The length of a constant behind its tag, by tag; 0 for tags that there are not. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private Detour() {}

    /** Under which name a class lies in the jar; its own where it was not renamed. */
    static String inJar(String className) {
        return className.startsWith(OWN_KAFKA_DOTTED)
                ? KAFKA_DOTTED + className.substring(OWN_KAFKA_DOTTED.length())
                : className;
    }

    /** The name that a class of the jar gets; the reverse of {@link #inJar}. */
    static String named(String jarName) {
        return jarName.startsWith(KAFKA_DOTTED) ? OWN_KAFKA_DOTTED + jarName.substring(KAFKA_DOTTED.length()) : jarName;
    }

    /** Whether a class is a library's, and may not touch the program's logging and management. */
    private static boolean isLibrary(String className) {
        return className.startsWith("io.opentelemetry.") || className.startsWith(OWN_KAFKA_DOTTED);
    }

    /**
     * The class file with other names in it.
     *
     * @param className the name that the class gets
     */
    static byte[] lead(String className, byte[] bytes) throws IOException {
        boolean isLibrary = isLibrary(className);
        // not those of config, which name classes of the program's Kafka client: some are never to be read
        boolean isKafkas = className.startsWith(AGENT);
        if (!isLibrary && !isKafkas) {
            return bytes;
        }
        ByteArrayOutputStream led = new ByteArrayOutputStream(bytes.length + 256);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        DataOutputStream out = new DataOutputStream(led);
        out.write(in.readNBytes(MAGIC_AND_VERSION));
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                String text = in.readUTF();
                String own = isLibrary ? led(text) : text;
                out.writeUTF(isKafkas ? kafka(own) : own);
            } else {
                out.write(in.readNBytes(LENGTHS[tag]));
            }
            if (tag == LONG || tag == DOUBLE) {
                i++;
            }
        }
        in.transferTo(out);
        return led.toByteArray();
    }

    private static String kafka(String text) {
        if (!text.contains("org")) {
            return text;
        }
        return text.replace(KAFKA, OWN_KAFKA).replace(KAFKA_DOTTED, OWN_KAFKA_DOTTED);
    }

    private static String led(String text) {
        if (!text.contains("java/util/logging/Logger") && !text.contains("java/lang/management/ManagementFactory")) {
            return text;
        }
        String led = text;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            led = led.equals(name.getKey())
                    ? name.getValue()
                    : led.replace("L" + name.getKey() + ";", "L" + name.getValue() + ";");
        }
        return led;
    }
}
