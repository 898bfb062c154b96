package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record that is a part of a custom resource: absent and empty values are not written, fields of a newer version
 * are read over, and a builder is generated beside it.
 */
@JacksonAnnotationsInside
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@RecordBuilder.Template(options = @RecordBuilder.Options(addClassRetainedGenerated = true))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ApiRecord {}
