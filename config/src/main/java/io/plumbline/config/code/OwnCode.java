package io.plumbline.config.code;

import java.util.List;

/**
 * Tells the application's own classes from those of the JDK, languages, frameworks and libraries, by package. What makes an
 * exception's fingerprint in the agent is what a backend shows as the application's.
 */
public final class OwnCode {
    private static final List<String> OTHERS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "com.oracle.",
            "jakarta.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "groovy.",
            "clojure.",
            "akka.",
            "android.",
            "brave.",
            "cats.",
            "feign.",
            "graphql.",
            "io.dropwizard.",
            "io.grpc.",
            "io.helidon.",
            "io.ktor.",
            "io.micrometer.",
            "io.micronaut.",
            "io.netty.",
            "io.opentelemetry.",
            "io.plumbline.agent.",
            "io.quarkus.",
            "io.reactivex.",
            "io.smallrye.",
            "io.undertow.",
            "io.vertx.",
            "ch.qos.logback.",
            "com.fasterxml.",
            "com.google.common.",
            "com.google.inject.",
            "com.mongodb.",
            "com.mysql.",
            "com.zaxxer.",
            "datadog.",
            "net.bytebuddy.",
            "net.sf.cglib.",
            "okhttp3.",
            "org.aopalliance.",
            "org.apache.",
            "org.aspectj.",
            "org.codehaus.groovy.",
            "org.eclipse.jetty.",
            "org.glassfish.",
            "org.h2.",
            "org.objectweb.asm.",
            "org.hibernate.",
            "org.jboss.",
            "org.jooq.",
            "org.junit.",
            "org.mockito.",
            "org.postgresql.",
            "org.quartz.",
            "org.slf4j.",
            "org.springframework.",
            "org.wildfly.",
            "reactor.",
            "retrofit2.",
            "rx.",
            "zio.");

    private OwnCode() {}

    /** @param type a class's binary name */
    public static boolean contains(String type) {
        return OTHERS.stream().noneMatch(type::startsWith);
    }
}
