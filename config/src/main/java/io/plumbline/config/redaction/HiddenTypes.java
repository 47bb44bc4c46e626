package io.plumbline.config.redaction;

import java.util.HashSet;
import java.util.Set;

/** The classes whose values are never read by default: keys, credentials, cookies, of the JDK and of common libraries. */
final class HiddenTypes {
    private static final Set<String> LIST = Set.of(
            "java.net.HttpCookie",
            "java.net.PasswordAuthentication",
            "java.security.Key",
            "java.security.KeyPair",
            "java.security.KeyStore",
            "java.security.KeyStore$Entry",
            "java.security.KeyStore$ProtectionParameter",
            "java.security.spec.KeySpec",
            "javax.net.ssl.KeyManager",
            "javax.security.auth.Subject",
            "javax.security.auth.callback.PasswordCallback",
            "javax.security.auth.kerberos.EncryptionKey",
            "javax.security.auth.kerberos.KerberosCredMessage",
            "javax.security.auth.kerberos.KerberosTicket",
            "javax.security.auth.kerberos.KeyTab",
            "javax.security.auth.x500.X500PrivateCredential",
            "jakarta.servlet.http.Cookie",
            "javax.servlet.http.Cookie",
            "com.amazonaws.auth.AWSCredentials",
            "com.google.auth.Credentials",
            "com.nimbusds.jose.jwk.JWK",
            "org.apache.hc.client5.http.auth.Credentials",
            "org.apache.http.auth.Credentials",
            "org.apache.kafka.common.config.types.Password",
            "org.springframework.security.core.Authentication",
            "org.springframework.security.core.userdetails.UserDetails",
            "software.amazon.awssdk.identity.spi.AwsCredentialsIdentity");

    private HiddenTypes() {}

    /**
     * The default list as a deployment changed it.
     *
     * @throws IllegalArgumentException when an entry would hide nearly everything or is no class, or one to be revealed
     *     is not on the list
     */
    static TypeList list(String setting, Set<String> added, String revealSetting, Set<String> revealed) {
        Set<String> list = new HashSet<>(LIST);
        list.addAll(added);
        for (String type : revealed) {
            if (!list.remove(type)) {
                throw new IllegalArgumentException(
                        revealSetting + " takes a class off the list of hidden ones; this is" + " not on it: " + type);
            }
        }
        TypeList types = new TypeList(setting, list);
        if (types.holds(String.class) || types.holds(Integer.class)) {
            throw new IllegalArgumentException(
                    setting + " must leave texts and numbers to be read; for reading only what"
                            + " is listed there is plumbline.redaction.mode=allow: " + String.join(",", added));
        }
        return types;
    }
}
