{{- define "velostream.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "velostream.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "velostream.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "velostream.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "velostream.operator" -}}
{{ include "velostream.fullname" . }}-operator
{{- end }}

{{- define "velostream.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "velostream.operator" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name is needed where serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "velostream.selector" -}}
app.kubernetes.io/name: velostream-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "velostream.labels" -}}
{{ include "velostream.selector" . }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: velostream
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "velostream.image" -}}
{{ printf "%s:%s" .repository (default .appVersion .tag) }}
{{- end }}
